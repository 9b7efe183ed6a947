"""One person's way in: the signed link, the browser's cookie, revocation."""
