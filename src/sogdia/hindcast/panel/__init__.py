"""Natural experiments in the trade data: large falls of one exporter's shipments, predicted and compared."""
