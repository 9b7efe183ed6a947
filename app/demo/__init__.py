"""The demo's cast, driven through the same verbs as people use."""
