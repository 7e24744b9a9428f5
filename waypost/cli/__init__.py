"""The command line: ``waypost …``."""

from waypost.cli.main import main as main
