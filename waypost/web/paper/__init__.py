"""What goes on paper: the words of a sheet, and its PDF."""
