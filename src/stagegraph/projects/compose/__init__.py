"""Compose files → drafts of builds, as `docker compose` and compose-go read them."""
