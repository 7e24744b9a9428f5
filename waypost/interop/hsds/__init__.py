"""Reading Human Services Data of any version and shape into the directory."""
