"""备份、恢复: everything in one encrypted file, and back out of it."""
