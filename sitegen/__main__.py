"""`python -m sitegen` is `sitegen`."""

from sitegen.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
