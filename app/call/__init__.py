"""Private: the Action Plan of one call. At most five actions, obsolete when the call is over."""
