"""Accounts: who may enter by a log-in name, in which roles, and for how long."""
