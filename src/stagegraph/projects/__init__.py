"""Compose and bake files of a repository → `Project`: which Dockerfile is built with which target and what else.

Nothing is resolved against the Dockerfiles themselves but in `survey`, which puts the two side by side.
"""
