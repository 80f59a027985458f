"""Pictures as plain SVG: scales, axes and marks are pure functions that return text; no script draws them."""
