"""Every reader of what comes from outside: any input gives a value or the reader's own error."""
