"""Bake files (HCL and JSON) → drafts of builds, as `docker buildx bake` reads them."""
