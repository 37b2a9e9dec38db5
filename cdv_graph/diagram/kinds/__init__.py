"""The kinds of diagrams: each turns the answer to a question into a `Diagram`."""
