"""Radar: the area of a glacial lake in Sentinel-1 images, changes that give an alarm, and what a warning is worth."""
