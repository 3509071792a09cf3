"""人大评: rounds over projects, and what a bad score sets going."""
