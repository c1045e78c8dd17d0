from __future__ import annotations

import http.client
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from generator import cli, inputs
from generator.build import BuildOptions, build_project
from generator.errors import EnvironmentFault
from generator.pipeline import build, warm_up
from generator.progress import Progress
from generator.publish.manifest import MANIFEST_NAME, read_manifest, write_manifest
from generator.report import Report
from generator.serve import HOST, Generations, SiteServer, _Generated, serve
from generator.settings import Project, load_project
from tests.projects import make_project, run_build, tree


class Served:
    """A project that is being served."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.asked = self.built = 0
        self.fault: Exception | None = None
        self.url = ""
        self._stop, self._ready = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=serve, args=(project, self.rebuild, 0, self.ready, self._stop))

    def ready(self, url: str) -> None:
        self.url = url
        self._ready.set()

    def rebuild(self, public: Callable[[], None]) -> None:
        self.asked += 1
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault
        self.built += run_build(self.project, public=public).state == "built"

    def start(self) -> None:
        run_build(self.project)
        self._thread.start()
        assert self._ready.wait(30)

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(30)
        assert not self._thread.is_alive()

    def get(self, path: str) -> str:
        with urlopen(self.url + path, timeout=40) as answer:  # noqa: S310 -- our own server
            return str(answer.read().decode())

    def wait_for_fault(self) -> None:
        """Wait until a build has met the fault that was laid for it."""
        while self.fault is not None:
            time.sleep(0.05)

    def generation(self, path: str = "index.html") -> str:
        return self.get(path).rpartition('data-generation="')[2].partition('"')[0]


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setattr(inputs, "PACKAGE", tmp_path / "package")
    served = Served(make_project(tmp_path / "port", harbour="Harbour opens\nThe harbour opened."))
    served.start()
    yield served
    served.stop()


def test_a_seed_that_comes_changes_or_goes_is_seen_by_a_waiting_browser(served: Served) -> None:
    seeds = served.project.seeds
    pier = seeds / "pier.txt"
    steps: tuple[tuple[Callable[[], object], str, bool], ...] = (
        (lambda: pier.write_text("New pier\nA pier.", encoding="utf-8"), "articles/new-pier.html", True),
        (lambda: pier.write_text("Old pier\nA pier.", encoding="utf-8"), "articles/old-pier.html", True),
        (pier.unlink, "articles/old-pier.html", False),
    )
    for change, page, there in steps:
        before = served.generation()
        change()
        after = served.get(f"__briefing/wait?generation={before}")
        assert after != before
        assert (served.project.site / page).exists() == there
    assert "New pier" not in served.get("index.html")


def test_a_browser_is_told_of_a_new_site_before_the_build_puts_down_what_the_next_one_needs(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()
    # For longer than a browser waits.
    monkeypatch.setattr("generator.build._remember", lambda *_: told.wait(40))
    before = served.generation()
    (served.project.seeds / "pier.txt").write_text("New pier\nA pier.", encoding="utf-8")
    try:
        assert served.get(f"__briefing/wait?generation={before}") != before
        assert "New pier" in served.get("articles/new-pier.html")
    finally:
        told.set()


def test_the_builds_own_writing_causes_no_build(served: Served) -> None:
    before = served.generation()
    (served.project.seeds / "pier.txt").write_text("New pier\nA pier.", encoding="utf-8")
    served.get(f"__briefing/wait?generation={before}")
    time.sleep(1.0)
    assert served.built == 1


def test_a_page_that_the_build_takes_away_causes_no_build(served: Served) -> None:
    pier = served.project.seeds / "pier.txt"
    for change in (lambda: pier.write_text("New pier\nA pier.", encoding="utf-8"), pier.unlink):
        before = served.generation()
        change()
        served.get(f"__briefing/wait?generation={before}")
        time.sleep(1.0)
    assert served.asked == 2


def test_what_is_read_is_no_change(served: Served) -> None:
    for _ in range(3):
        (served.project.seeds / "harbour.txt").read_bytes()
        (served.project.site_src / "index.md").read_bytes()
    time.sleep(0.6)
    assert served.asked == 0


def test_many_files_that_come_one_after_the_other_are_built_together(served: Served) -> None:
    before = served.generation()
    for number in range(12):
        (served.project.seeds / f"n{number}.txt").write_text(f"Number {number}\nA pier.", encoding="utf-8")
        time.sleep(0.03)
    served.get(f"__briefing/wait?generation={before}")
    time.sleep(0.5)
    assert served.asked == 1


def test_a_hand_made_page_that_goes_is_an_input(served: Served) -> None:
    notes = served.project.site_src / "notes.md"
    for change in (lambda: notes.write_text("# Notes\n", encoding="utf-8"), notes.unlink):
        before = served.generation()
        change()
        served.get(f"__briefing/wait?generation={before}")
    assert not (served.project.site / "notes.html").exists()


def test_a_hand_made_page_is_an_input(served: Served) -> None:
    before = served.generation()
    (served.project.site_src / "notes.md").write_text("# Notes\n", encoding="utf-8")
    served.get(f"__briefing/wait?generation={before}")
    assert "Notes" in served.get("notes.html")


def test_a_build_that_fails_leaves_the_old_site_served(served: Served) -> None:
    (served.project.seeds / "harbour.txt").write_text("bad", encoding="utf-8")
    time.sleep(1.5)
    assert "The harbour opened." in served.get("articles/harbour-opens.html")


def test_a_fault_that_nobody_foresaw_is_shown_and_the_next_change_is_built(
    served: Served, capfd: pytest.CaptureFixture[str]
) -> None:
    served.fault = ZeroDivisionError("a fault of ours")
    pier = served.project.seeds / "pier.txt"
    pier.write_text("New pier\nA pier.", encoding="utf-8")
    served.wait_for_fault()
    before = served.generation()
    assert "The harbour opened." in served.get("articles/harbour-opens.html")
    pier.write_text("Old pier\nA pier.", encoding="utf-8")
    assert served.get(f"__briefing/wait?generation={before}") != before
    assert (served.project.site / "articles/old-pier.html").exists()
    assert "a fault of ours" in capfd.readouterr().err


def test_pages_reload_and_nothing_is_kept_by_the_browser(served: Served) -> None:
    with urlopen(served.url) as answer:  # noqa: S310 -- our own server
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.read().count(b"/__briefing/reload.js") == 1
    assert "location.reload()" in served.get("__briefing/reload.js")
    assert b"__briefing" not in (served.project.site / "index.html").read_bytes()


def test_only_this_machine_is_answered(served: Served) -> None:
    assert served.url.startswith("http://127.0.0.1:")
    connection = http.client.HTTPConnection(served.url.removeprefix("http://").rstrip("/"))
    connection.request("GET", "/", headers={"Host": "rebound.example"})
    assert connection.getresponse().status == 403


def test_nothing_outside_the_site_is_served(served: Served) -> None:
    for path in ("/../briefing.yml", "/%2e%2e/briefing.yml", "/..%2fbriefing.yml", "//etc/passwd"):
        connection = http.client.HTTPConnection(served.url.removeprefix("http://").rstrip("/"))
        connection.request("GET", path)
        assert connection.getresponse().status == 404


def test_a_taken_port_is_a_fault_with_a_remedy(tmp_path: Path) -> None:
    first = SiteServer(tmp_path, 0, Generations())
    try:
        with pytest.raises(EnvironmentFault, match="port") as caught:
            SiteServer(tmp_path, first.server_address[1], Generations())
        assert "--port" in caught.value.remedy
    finally:
        first.server_close()
    assert HOST == "127.0.0.1"


def really_built(project: Project) -> Report:
    """The report of a build with the engine, here in this process as `briefing serve` has it."""
    report = Report("build")
    build_project(project, build, report, Progress(quiet=True), BuildOptions())
    return report


def test_a_seed_that_is_saved_while_the_engine_loads_is_built_when_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(tmp_path / "port", harbour="Harbour opens\nThe harbour opened.")
    done: list[str] = []

    def load(_: Project) -> None:
        time.sleep(0.2)
        done.append("loaded")

    def run_server(
        _: Project, rebuild: Callable[[Callable[[], None]], None], _port: int, ready: Callable[[str], None]
    ) -> None:
        ready("http://127.0.0.1/")
        rebuild(lambda: None)

    monkeypatch.setattr("generator.pipeline.warm_up", load)
    monkeypatch.setattr("generator.serve.serve", run_server)
    monkeypatch.setattr(cli, "_build", lambda *_, **__: done.append("built"))
    assert cli.main(["serve", "--config-file", str(project.root / "briefing.yml")]) == 0
    assert done == ["built", "loaded", "built"]


def test_what_is_served_after_seeds_were_saved_is_what_a_build_from_nothing_makes(tmp_path: Path) -> None:
    project = make_project(
        tmp_path / "port",
        pier="Pier opens\n\nThe pier of Norby opened on 3 May 2021, said Ann Lund. “It is long,” she said.\n",
        mill="Mill burns\n\nThe mill of Norby burned on 5 May 2021. Ann Lund saw the smoke from the pier.\n",
    )
    assert really_built(project).state == "built"
    warm_up(project)
    seeds = project.seeds
    (seeds / "ferry.txt").write_text(
        "Ferry late\n\nThe ferry to Norby was late on 6 May 2021, said Karl Stein.\n", "utf-8"
    )
    assert really_built(project).state == "built"
    (seeds / "mill.txt").write_text(
        "Mill stands\n\nThe mill of Norby did not burn, said Karl Stein on 7 May 2021.\n", "utf-8"
    )
    assert really_built(project).state == "built"
    (seeds / "pier.txt").unlink()
    assert really_built(project).state == "built"

    clean = load_project(shutil.copytree(project.root, tmp_path / "clean"))
    for place in (clean.site, clean.site_src, clean.state):
        shutil.rmtree(place)
    shutil.copytree(project.site_src, clean.site_src, ignore=lambda folder, names: generated(project, folder, names))
    assert really_built(clean).state == "built"
    assert tree(clean.site) == tree(project.site)


def generated(project: Project, folder: str, names: list[str]) -> set[str]:
    """Those of `names` in `folder` that the build made."""
    made = {*read_manifest(project.site_src), MANIFEST_NAME}
    place = Path(folder).relative_to(project.site_src)
    return {name for name in names if (place / name).as_posix() in made}


def test_a_file_that_went_with_its_list_was_generated_and_one_that_came_is_not(tmp_path: Path) -> None:
    write_manifest(tmp_path, ["a.md", "b.md"])
    generated = _Generated(tmp_path)
    assert generated.has("a.md", gone=False)
    write_manifest(tmp_path, ["b.md", "long.md"])
    assert generated.has("a.md", gone=True)
    assert not generated.has("a.md", gone=False)
    assert generated.has("long.md", gone=False)
    write_manifest(tmp_path, ["b.md"])
    assert not generated.has("a.md", gone=True)
