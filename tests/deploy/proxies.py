"""The samples of nginx and Caddy as processes of their own: only places and ports are changed, for a test."""

import os
import re
import shutil
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import httpx

from tests import ROOT
from tests.cast import SECRET
from tests.server.serving import STARTS_WITHIN, Server, free_port

SAMPLES = ROOT / "deploy"


class Proxy(ABC):
    """One proxy with a server behind it that has the settings which the page names."""

    program: str
    process: Any = None  # until it started

    def __init__(self, database_url: str, folder: Path) -> None:
        self.folder = folder / self.program
        self.folder.mkdir()
        self.plain, self.port = free_port(), free_port()
        self.url = f"https://localhost:{self.port}"
        self.app = Server(
            database_url,
            folder,
            JOINTLY_BASE_URL=self.url,
            JOINTLY_SECRET_KEYS=SECRET,
            JOINTLY_TRUSTED_PROXIES="127.0.0.1",
        )

    @abstractmethod
    def command(self) -> list[str]:
        """Writes what the program reads, too."""

    def start(self) -> None:
        own = {name: str(self.folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        own |= {"SITE": self.url, "APP": f"127.0.0.1:{self.app.port}"}
        with (self.folder / "said.log").open("wb") as said:
            self.process = subprocess.Popen(
                self.command(),
                env=os.environ | own,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        self.app.start()
        give_up = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            assert self.process.poll() is None, self.written()
            assert time.monotonic() < give_up, self.written()
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", verify=False, timeout=STARTS_WITHIN).status_code == 200
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(STARTS_WITHIN)
        self.app.kill()

    def written(self) -> str:
        """Every line in every log, those of its start too."""
        return "\n".join(file.read_text() for file in self.folder.rglob("*.log"))


class Nginx(Proxy):
    program = "nginx"

    def command(self) -> list[str]:
        certificate = self._certificate()
        sample = re.sub(r" *listen \[::\].*\n", "", (SAMPLES / "nginx.conf").read_text())
        for said, here in {
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ssl;": f"listen 127.0.0.1:{self.port} ssl;",
            "plans.example.com;": "localhost;",
            "/var/log/nginx/": f"{self.folder}/",
            "/etc/letsencrypt/live/plans.example.com/": f"{certificate}/",
            "127.0.0.1:8000": f"127.0.0.1:{self.app.port}",
        }.items():
            assert said in sample, said
            sample = sample.replace(said, here)
        (self.folder / "jointly.conf").write_text(sample)
        (self.folder / "nginx.conf").write_text(self._around())
        places = ["-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        return ["nginx", *places, "-e", str(self.folder / "errors.log")]

    def _around(self) -> str:
        """What a machine has around the sample: everything that happens is logged there."""
        kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = "".join(f"{name}_temp_path {self.folder}/{name};" for name in kept)
        user = "user root;" if os.geteuid() == 0 else ""
        log = f"error_log {self.folder}/errors.log info;"
        return (
            f"{user} daemon off; pid {self.folder}/pid; worker_processes 1; {log}"
            f"events {{}} http {{ {paths} access_log off; include {self.folder}/jointly.conf; }}"
        )

    def _certificate(self) -> Path:
        subject = ["-subj", "/CN=localhost", "-days", "2", "-nodes"]
        files = ["-keyout", self.folder / "privkey.pem", "-out", self.folder / "fullchain.pem"]
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        subprocess.run(["openssl", "req", "-x509", *kind, *subject, *files], check=True, capture_output=True)
        return self.folder


class Caddy(Proxy):
    """It makes its certificate itself."""

    program = "caddy"

    def command(self) -> list[str]:
        alone = ["admin off", "skip_install_trust", "default_bind 127.0.0.1", f"http_port {self.plain}"]
        sample = (SAMPLES / "Caddyfile").read_text()
        own = "\n\t".join(["{", *alone, f"https_port {self.port}"])
        (self.folder / "Caddyfile").write_text(sample.replace("\n{", f"\n{own}", 1))
        return ["caddy", "run", "--adapter", "caddyfile", "--config", str(self.folder / "Caddyfile")]


PROXIES: dict[str, type[Proxy]] = {proxy.program: proxy for proxy in (Nginx, Caddy)}


def missing(program: str) -> list[str]:
    """What has to be installed first."""
    needed = {"nginx": ["nginx", "openssl"], "caddy": ["caddy"]}[program]
    return [name for name in needed if not shutil.which(name)]
