"""Which pictures does the report use? Vega-Lite specifications made with Altair; the data set they read is `table`."""
