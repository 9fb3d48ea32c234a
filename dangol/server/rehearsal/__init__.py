"""Rehearsing conversations: stories written as shoppers type, played through the real shop and checked."""
