"""A real server for the tests: uvicorn in a thread, on a free port of the loopback address."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an app, give its address without a slash at the end, and stop it afterwards."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, ws="none"))
        ready = threading.Event()
        thread = threading.Thread(target=_serve, args=(server, listener, ready), daemon=True)
        thread.start()
        if not ready.wait(30) or not server.started:
            raise RuntimeError("the server does not start")
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)


def _serve(server: uvicorn.Server, listener: socket.socket, ready: threading.Event) -> None:
    start = server.startup

    async def startup(sockets: list[socket.socket] | None = None) -> None:
        await start(sockets=sockets)
        ready.set()

    server.startup = startup  # type: ignore[method-assign]
    try:
        server.run(sockets=[listener])
    finally:
        ready.set()
