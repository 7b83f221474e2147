"""Live preview: the same site function as `build`, asked for the URL that somebody is looking at."""

__all__: list[str] = []
