"""`Dockerfile` → `ResolvedDockerfile`: stages cut, numbered and named, every reference resolved."""
