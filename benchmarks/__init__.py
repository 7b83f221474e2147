"""How fast sitegen is beside another generator on the same stories, in the same run: `python -m benchmarks`."""
