"""The guest's pages: what a prospect sees and presses. Knows nothing of the private side."""
