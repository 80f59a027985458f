"""The questions of a study by name, asked in text alone: by a browser, a program or an assistant."""
