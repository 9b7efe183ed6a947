"""Days that hang on the goal or on another step."""
