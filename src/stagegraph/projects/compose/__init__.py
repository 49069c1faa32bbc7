"""Compose files → services → drafts of targets."""
