"""Writing a step down: whose it is, what it is about, and how it stands the Specificity Test."""
