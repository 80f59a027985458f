"""One way to read any table: cells with their places, checks, and every fault at once."""
