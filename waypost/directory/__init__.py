"""The services of the community: store, search, fit and upkeep. No personal data."""
