"""Text → `Dockerfile`: what is written, nothing resolved."""
