"""How fast sitegen is beside other generators on the same stories, in the same run: `python -m benchmarks`."""
