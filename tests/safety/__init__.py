"""What the portal promises, a file a promise; the list stands in ../shared/safety.md."""
