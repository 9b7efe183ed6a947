"""Bare tests of the Specificity Test."""
