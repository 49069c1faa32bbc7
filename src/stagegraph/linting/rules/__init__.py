"""The rules on the stage graph, one module each; each has its `Rule` as `RULE`.

They are found as those of others are: by the entry points of the group `stagegraph.rules`.
"""
