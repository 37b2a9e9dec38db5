"""The graph over HTTP: a read-only SPARQL endpoint, the questions as resources, pages of entities."""
