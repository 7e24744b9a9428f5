"""The closed loop between two organizations."""
