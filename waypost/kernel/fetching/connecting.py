"""One connection to one checked machine, which ends by itself when its time is over."""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator

from waypost.kernel.fetching.addresses import NotFetched, Place

CONNECT_SECONDS = 10.0


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name leads to by now."""

    def __init__(self, place: Place, wait: float) -> None:
        super().__init__(place.host, place.port, timeout=wait)
        self.place = place

    def connect(self) -> None:
        """Connect to the address, and speak TLS with the name."""
        plain = socket.create_connection(
            (self.place.ip, self.place.port), min(CONNECT_SECONDS, self.timeout or CONNECT_SECONDS)
        )
        plain.settimeout(self.timeout)
        if self.place.scheme == "https":
            context = ssl.create_default_context()
            shaken = context.wrap_socket(
                plain, server_hostname=self.place.host, do_handshake_on_connect=False
            )
            self.sock = shaken  # before the handshake, so that the time's end finds it
            shaken.do_handshake()
        else:
            self.sock = plain


@contextlib.contextmanager
def asking(
    place: Place, method: str, headers: dict[str, str], *, wait: float, seconds: float
) -> Iterator[http.client.HTTPResponse]:
    """The answer to one request. ``wait``: the longest silence; ``seconds``: the end of it all.

    Raises NotFetched for every way in which a machine or a line can fail.
    """
    connection = _Pinned(place, wait)
    late = threading.Event()

    def stop() -> None:
        late.set()
        if connection.sock is not None:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(
        max(seconds, 0.001), stop
    )  # a machine that sends a byte now and then ends as well
    timer.daemon = True
    timer.start()
    try:
        connection.putrequest(method, place.target, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": place.host_header, "Connection": "close", **headers}.items():
            connection.putheader(name, value)
        connection.endheaders()
        # Kept by hand: the connection lets go of its socket at the answer, and the timer needs it.
        held = connection.sock
        answer = connection.getresponse()
        connection.sock = held
        with contextlib.closing(answer):
            yield answer
        if late.is_set():
            raise NotFetched(f"{place.host} took too long to answer.", again=True)
    except NotFetched:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotFetched(_words(place, error, late=late.is_set()), again=True) from error
    finally:
        timer.cancel()
        connection.close()


def _words(place: Place, error: Exception, *, late: bool) -> str:
    if late or isinstance(error, TimeoutError):
        return f"{place.host} took too long to answer."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{place.host} has no certificate that can be trusted."
    if isinstance(error, ssl.SSLError):
        return f"{place.host} could not agree on a secure connection."
    if isinstance(error, ConnectionRefusedError):
        return f"{place.host} does not answer."
    return f"The connection to {place.host} broke off, or its answer could not be read."
