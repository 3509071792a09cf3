"""Databases of every schema that stood on main, with data, as the program of that day made them."""
