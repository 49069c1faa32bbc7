"""Bake files → expressions → values → drafts of targets."""
