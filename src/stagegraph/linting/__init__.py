"""`Dockerfile` → findings: BuildKit's own build checks, and rules on the stage graph."""
