"""Armed conflict: onset by political stability, the states of corridors that are the same hazard, a user's incidents."""
