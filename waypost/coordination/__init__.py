"""Requests for coordination, the caseload, contacts."""
