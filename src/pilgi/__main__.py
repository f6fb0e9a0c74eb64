"""`python -m pilgi`: the command line."""

from pilgi.cli.main import main

main()
