"""The charts: Vega-Lite specifications made with Altair; the data set they read is `table`."""
