"""Many Dockerfiles at once: found, read, put to both builders, one record each; on any executor."""
