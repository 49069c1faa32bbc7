"""`python -m stagegraph`: the same as the command `stagegraph`."""

from stagegraph.cli import main

main()
