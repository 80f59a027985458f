"""The indicators, one file each: a module here declares `INDICATOR`, and everything that lists indicators finds it."""
