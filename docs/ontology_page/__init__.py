"""The page of the ontology, in each language: one HTML file that asks for nothing else."""

from ontology_page.page import page

__all__ = ["page"]
