"""Projects as everybody sees them, and what citizens say."""
