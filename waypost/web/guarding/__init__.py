"""Pages of the privacy officer, and of whoever reports that something went wrong."""
