"""Private: the deal, its objective, its people and what they said, which is the evidence for everything."""
