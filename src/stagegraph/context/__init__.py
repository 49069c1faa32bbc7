"""The build context: a directory, what `.dockerignore` leaves out of it, and patterns of paths."""
