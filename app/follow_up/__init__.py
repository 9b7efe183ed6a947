"""Private: whom may I write to today, why, and with what. Reads what both sides agreed; grants nothing."""
