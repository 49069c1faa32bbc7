"""Readers of small values: numbers, durations, ports, paths, digests, Git addresses.

One module for each kind, each a few functions from text to a value; what the text is not, they
say in a `Complaint` with the words of the Go function that the builders call for it. None of them
knows of Dockerfiles, stages or places.
"""
