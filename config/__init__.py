"""Settings, addresses, and the door for the web server."""
