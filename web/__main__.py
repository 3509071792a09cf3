"""`python -m web` is the command `piaojue`."""

from web.cli import main

if __name__ == "__main__":
    main()
