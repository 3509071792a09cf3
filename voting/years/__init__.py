"""The congress's year: where it stands, its report, the next one."""
