"""A chain of stages: the markets of ore, compound, metal and alloy cleared together."""
