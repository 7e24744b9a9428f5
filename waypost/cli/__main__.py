"""``python -m waypost.cli``: the command line where no script is installed."""

from waypost.cli.main import main

main()
