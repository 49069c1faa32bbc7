"""`StageGraph` + target → `Plan`: the steps a builder runs, in order."""
