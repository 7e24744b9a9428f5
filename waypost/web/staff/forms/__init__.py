"""Forms of the staff pages: what may be typed, with the words for what cannot be taken."""
