"""The kinds of diagram: each turns the rows of a question, or a network made of them, into a `Diagram`."""
