"""How much one request may take. Every bound is told to whoever meets it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MEGABYTE", "ROWS", "SIZE", "Limits"]

MEGABYTE = 1 << 20

# the bounds of an answer travel with what is asked, as text, by these names
ROWS, SIZE = "limit.rows", "limit.size"


@dataclass(frozen=True)
class Limits:
    """The bounds of a server.

    Attributes:
        workers: questions answered at once; half of the places are kept for short ones.
        timeout: seconds of one question, and of its wait for a place.
        rows: rows, or triples, of one answer.
        size: bytes of one answer.
        memory: bytes that one question may take beside the graph.
        queue: requests that may wait for a place, in each lane.
        short: seconds of computing after which a question leaves the places kept for short ones.
        hurry: the same while others wait for such a place.
        body: bytes of a request's body.
        receive: seconds that a request's body may take to arrive.
        target: bytes of a path with its parameters.
        headers: headers of a request.
        header_size: bytes of all headers of a request.
        parameters: parameters of a request.
        connections: connections held at once.
        cache: bytes of answers kept.
    """

    workers: int = 8
    timeout: float = 30.0
    rows: int = 100_000
    size: int = 16 * MEGABYTE
    memory: int = 512 * MEGABYTE
    queue: int = 128
    short: float = 0.25
    hurry: float = 0.1
    body: int = MEGABYTE
    receive: float = 10.0
    target: int = 8192
    headers: int = 64
    header_size: int = 16_384
    parameters: int = 64
    connections: int = 256
    cache: int = 32 * MEGABYTE

    @property
    def told(self) -> dict[str, str]:
        """The bounds of an answer, as they travel with what is asked."""
        return {ROWS: str(self.rows), SIZE: str(self.size)}
