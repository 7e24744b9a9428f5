"""The synthetic community, invented from end to end."""
