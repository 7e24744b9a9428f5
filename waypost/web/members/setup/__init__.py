"""The integrator's set-up: organizations, agreements, whether the installation works, the law's checklist."""
