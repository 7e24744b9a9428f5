"""What the privacy officer looks after."""
