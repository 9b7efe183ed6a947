"""Where a deal stands: who decides, how they see it, what is not known, what stands out."""
