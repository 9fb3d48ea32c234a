"""The doors of staff: signing in, the inbox, conversations, people, figures, and one live stream."""
