"""Who works here: the workspace, its sellers, how they sign in and what they may do."""
