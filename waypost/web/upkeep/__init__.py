"""Pages on which the directory is kept true."""
