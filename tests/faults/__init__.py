"""Disasters: what dies, what is lost on the way, what lies about the time; and what must hold afterwards."""
