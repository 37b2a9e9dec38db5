"""Typed, weighted networks, each built from one query, and measures on them."""
