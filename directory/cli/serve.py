"""`aftercare serve`."""

import gc
import os
import resource
import socket
from dataclasses import replace
from typing import Any

import click

from directory.cli.outbox import refuse_dead_links
from directory.cli.serving import being_served
from directory.cli.setup import build_index, load_first_data, make_tables, the_settings
from directory.errors import AddressInUseError
from directory.settings import SITE_URL, Settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the site; on the first start, set everything up before."""
    settings = the_settings()
    if settings.mail_url is not None:
        refuse_dead_links(settings)
    if SITE_URL not in os.environ:
        # Letters that are written here lead to where it is served.
        settings = replace(settings, site_url=f"http://{_shown(host)}:{port}")
    _ensure_free(host, port)
    with being_served(settings.data_dir):
        engine = make_tables(settings)
        load_first_data(engine)
        build_index(settings, engine)
        engine.dispose()
        _serve(settings, host, port)


def _ensure_free(host: str, port: int) -> None:
    """Say at once that the address is taken; the server would try for seconds."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            msg = f"Cannot listen on {host}:{port}: {error.strerror or error}."
            raise AddressInUseError(msg) from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _serve(settings: Settings, host: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication
    from gunicorn.workers.gthread import ThreadWorker

    from directory.web.app import create_app
    from directory.web.incident import watch_threads
    from directory.web.site import site_of
    from directory.web.worker import QuietLog, QuietWorker

    shown = _shown(host)

    class Server(BaseApplication):
        """gunicorn with settings from here; no file and no variable changes them."""

        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:  # noqa: ANN401 - what gunicorn calls an application
            app = create_app(settings)
            site_of(app).warm_up()
            # What is there before the workers part is there for good: looking through
            # it for garbage costs time, and each worker a copy of its own.
            gc.collect()
            gc.freeze()
            return app

    def ready(_server: object) -> None:
        click.echo(f"Aftercare NC answers at http://{shown}:{port}/", err=True)

    def begin(worker: ThreadWorker) -> None:
        # What was left in the outbox when the site was stopped waits for no nudge.
        app: Any = worker.wsgi
        site_of(app).postman.nudge()

    options = {
        "bind": f"{shown}:{port}",
        "workers": settings.workers,
        # Threads that wait for slow clients must not be all that there are.
        "worker_class": QuietWorker,
        "logger_class": QuietLog,
        "threads": 16,
        "preload_app": True,
        "when_ready": ready,
        "post_worker_init": begin,
        # What a person asks for is in the path and the query: none of it is logged.
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
        "control_socket_disable": True,
        "timeout": 30,
        "graceful_timeout": 5,
        "limit_request_line": 4094,
        "proc_name": "aftercare",
    }
    watch_threads()
    # A dump of memory would hold what is being asked at that moment.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Server().run()
