"""Bringing feeds in: by upload or from an address, looked at first, with a way to mend what was set aside."""
