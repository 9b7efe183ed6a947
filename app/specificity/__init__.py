"""The Specificity Test: could this text be sent to anyone, or only to this prospect? Pure."""
