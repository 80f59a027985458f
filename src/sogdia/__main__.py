"""`python -m sogdia` runs the command line."""

from sogdia.cli import main

if __name__ == "__main__":
    main()
