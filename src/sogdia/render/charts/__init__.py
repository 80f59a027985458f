"""The charts of reports and of the command line: from a frame and a width to a picture."""
