"""`python -m watermark`: the same as the command `watermark`."""

from watermark.cli import main

main()
