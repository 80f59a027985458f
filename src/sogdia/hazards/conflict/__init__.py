"""Armed conflict: onset by political stability, corridor states that are the same hazard, a user's incidents."""
