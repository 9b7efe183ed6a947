"""Days: which of them are worked on, and how they go into a calendar."""
