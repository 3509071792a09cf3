"""Progress of projects: what was reported against what was planned."""
