"""Reading what the privacy officer looks after."""
