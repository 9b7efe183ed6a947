"""How much a request costs, measured from outside a real server. Run it with `make bench`."""
