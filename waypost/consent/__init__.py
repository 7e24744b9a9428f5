"""What a person agreed to, or would rather not share."""
