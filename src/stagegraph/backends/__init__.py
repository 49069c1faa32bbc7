"""Backends: what carries out a plan, and the events that tell of it.

A backend is found by its name, through the entry-point group `stagegraph.backends`; the built-in
ones use the same door. `protocol` says what a backend is, `conformance` checks one.
"""
