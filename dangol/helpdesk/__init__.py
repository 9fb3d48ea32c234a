"""The desk: people take conversations over, and give them back."""
