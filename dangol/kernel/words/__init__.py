"""The words of a shop floor: Korean and English tables and pure functions, shared by search and understanding."""
