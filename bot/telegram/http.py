"""How calls reach the Bot API: aiohttp below python-telegram-bot, which needs a fifth of the CPU that httpx takes.

Whatever goes wrong before a whole answer is read is NetworkError or TimedOut: the call may have been carried out, and
for a message that is told apart no further. Nothing is sent twice from here, and no redirect is followed.
"""

import json
import ssl
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_S = 10.0
READ_S = 20.0
WRITE_S = 20.0
POOL_S = 30.0


class Connections(BaseRequest):
    """At most `most` connections to the server at `api_url`, kept open between calls; by the environment's proxy."""

    def __init__(self, api_url: str, most: int) -> None:
        self._api_url = api_url
        self._most = most
        self._session: aiohttp.ClientSession | None = None
        self._ended = False

    @property
    def read_timeout(self) -> float:
        """How many seconds an answer is waited for, unless a call says otherwise."""
        return READ_S

    async def initialize(self) -> None:
        """Make calls possible, again after a shutdown."""
        self._ended = False

    async def shutdown(self) -> None:
        """Close every connection."""
        self._ended = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Of the time-outs that for reading alone may be another than the default.

        Raises NetworkError, TimedOut.
        """
        if self._ended:
            raise NetworkError("closed")
        read_s = self.read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else float(read_timeout)
        body, headers = _body(request_data)
        try:
            async with self._open().request(
                method, url, data=body, headers=headers, allow_redirects=False, timeout=_within(read_s)
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from None
        except (aiohttp.ClientError, OSError) as error:
            # Its own text may name the address, and that the token.
            raise NetworkError(type(error).__name__) from None

    def _open(self) -> aiohttp.ClientSession:
        """The session, made when it is first needed: only a running loop can have one."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._most, ssl=_tls()),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=_proxy(self._api_url),
            )
        return self._session


@cache
def _tls() -> ssl.SSLContext:
    # Reading the system's certificates takes 20 ms and more, for each of a client's two pools.
    return httpx.create_ssl_context()


def _within(read_s: float) -> aiohttp.ClientTimeout:
    # aiohttp has no bound for writing alone; the whole has one, so that an answer that drips comes to an end too.
    return aiohttp.ClientTimeout(
        total=POOL_S + CONNECT_S + WRITE_S + read_s, connect=POOL_S, sock_connect=CONNECT_S, sock_read=read_s
    )


def _body(request_data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    if request_data is None:
        return None, None
    if not request_data.contains_files:
        return json.dumps(request_data.parameters).encode(), {"Content-Type": "application/json"}
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (file_name, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form, None


def _proxy(api_url: str) -> str | None:
    """The proxy that the environment names for this address. aiohttp would look for it in a thread at each call."""
    address = urlsplit(api_url)
    if address.hostname is None or proxy_bypass(address.hostname):
        return None
    proxies = getproxies()
    return proxies.get(address.scheme) or proxies.get("all")
