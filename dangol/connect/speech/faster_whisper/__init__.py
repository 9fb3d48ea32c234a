"""faster-whisper, hearing on this machine."""
