"""Tests against real server processes: many people at once, kill -9, and a database that is not well."""
