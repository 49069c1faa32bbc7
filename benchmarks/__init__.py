"""stagegraph and other readers of Dockerfiles, side by side in one run: `python -m benchmarks`."""
