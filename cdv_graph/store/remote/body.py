"""The body of an answer, read piece by piece."""

from __future__ import annotations

import http.client
import io
import time

from cdv_graph.errors import InputError, StoreError
from cdv_graph.store.remote.endpoint import Endpoint

__all__ = ["Body"]


class Body(io.RawIOBase):
    """What the server sends, as a file that parsers read; it is never held whole.

    Reading stops with a `StoreError` where the whole answer takes longer than the endpoint allows, or ends before its
    announced length. A parser may hide that error behind one of its own: `failure` keeps it.
    """

    def __init__(self, endpoint: Endpoint, response: http.client.HTTPResponse) -> None:
        self._endpoint, self._response = endpoint, response
        self._deadline = time.monotonic() + endpoint.answer_timeout
        self.failure: InputError | None = None

    @property
    def media_type(self) -> str:
        """The media type, without its parameters."""
        return self._response.headers.get_content_type()

    def header(self, name: str) -> str:
        """A header of the answer, or empty."""
        return self._response.headers.get(name, "")

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes, as soon as there are some; all of them where no size is given."""
        if size < 0:
            return b"".join(iter(lambda: self.read(1 << 16), b""))
        try:
            if time.monotonic() > self._deadline:
                raise TimeoutError
            piece = self._response.read1(size)
        except TimeoutError:
            seconds = self._endpoint.answer_timeout
            raise self._kept(StoreError("remote.too-slow", endpoint=self._endpoint.name, seconds=seconds)) from None
        except (http.client.HTTPException, OSError) as error:
            raise self._broke_off(str(error) or type(error).__name__) from error
        if not piece and self._response.length:
            raise self._broke_off(f"-{self._response.length} B")
        return piece

    def close(self) -> None:
        """Let the connection go."""
        self._response.close()
        super().close()

    def _broke_off(self, why: str) -> InputError:
        return self._kept(StoreError("remote.broke-off", endpoint=self._endpoint.name, why=why))

    def _kept(self, failure: InputError) -> InputError:
        self.failure = failure
        return failure
