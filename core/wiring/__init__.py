"""Parts of the composition root: which adapter stands where, by the settings."""
