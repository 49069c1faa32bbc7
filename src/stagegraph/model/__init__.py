"""`ResolvedDockerfile` → `StageGraph`: the networkx model and the questions asked of it."""
