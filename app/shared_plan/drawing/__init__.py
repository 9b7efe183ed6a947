"""The days of a plan, drawn to scale."""
