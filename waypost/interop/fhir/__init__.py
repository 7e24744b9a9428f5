"""FHIR R4: between its resources and the rooms. No rules of its own."""
