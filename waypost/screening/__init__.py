"""Questions asked, answers given, needs found."""
