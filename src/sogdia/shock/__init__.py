"""What could happen, and what did? Scenarios put on markets, and the history that judges the model."""
