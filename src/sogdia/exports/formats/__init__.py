"""One module for each format, with a `FORMAT`."""
