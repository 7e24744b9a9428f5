"""Waypost: an open community referral platform."""
