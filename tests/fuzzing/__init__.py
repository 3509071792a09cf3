"""Coverage-guided fuzzing of what reads bytes of a stranger: see `tests.fuzzing.targets`."""
