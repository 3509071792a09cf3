"""政府办: from the announced list to what was built, in public view."""
