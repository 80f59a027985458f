"""Earthquakes: curves of a site, motion of a rupture, damage, and the events that take several sites at once."""
