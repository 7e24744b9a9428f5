"""Decisions of whoever guards privacy, as pure functions over plain data."""
