"""Models that turn sentences into vectors."""
