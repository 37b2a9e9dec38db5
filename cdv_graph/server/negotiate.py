"""Which representation a client would rather have (RFC 9110, 12.5)."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["preferred"]


def preferred(accept: str, offers: Sequence[str]) -> str | None:
    """The offer that a client prefers.

    Args:
        accept: the `Accept` header; empty where there is none, which accepts all.
        offers: media types (or languages), the one that is given to those who do not mind first.

    Returns:
        One of the offers; `None` where the client takes none of them.

    Example:
        >>> preferred("text/csv;q=0.5, application/*", ["application/json", "text/csv"])
        'application/json'
        >>> preferred("image/png", ["text/csv"]) is None
        True
    """
    ranges = dict(map(_range, filter(str.strip, accept.split(",")))) or {"*/*": 1.0}

    def quality(offer: str) -> float:
        """That of the most specific range which the offer is in."""
        names = (offer, offer.partition("/")[0] + "/*", "*/*")
        return next((ranges[name] for name in names if name in ranges), 0.0)

    best = max(offers, key=quality)
    return best if quality(best) > 0 else None


def _range(text: str) -> tuple[str, float]:
    kind, *parameters = (part.strip().lower() for part in text.split(";"))
    weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
    try:
        return kind, min(1.0, max(0.0, float(weight)))
    except ValueError:
        return kind, 0.0
