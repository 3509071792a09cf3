"""What an outcome leaves open is decided: another round, a vacancy, or the presidium."""
