from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest

from generator import __version__, inputs
from generator.cli import main
from generator.publish.lock import project_lock
from tests.projects import make_project, stand_in, tree


def put_in(monkeypatch: pytest.MonkeyPatch, pipeline: Callable[..., object]) -> None:
    """Let `pipeline` stand where the engine is."""
    module = ModuleType("generator.pipeline")
    vars(module)["build"] = pipeline
    monkeypatch.setitem(sys.modules, "generator.pipeline", module)


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that is the current folder, built by the stand-in for the engine."""
    put_in(monkeypatch, stand_in)
    monkeypatch.setattr(inputs, "PACKAGE", tmp_path / "package")
    make_project(tmp_path / "port", harbour="Harbour opens\nThe harbour opened.")
    monkeypatch.chdir(tmp_path / "port")
    return tmp_path / "port"


@pytest.mark.usefixtures("port")
def test_build_then_build_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("Built site/: 1 article")
    assert said.err == ""
    assert main(["build"]) == 0
    assert capsys.readouterr().out.startswith("Nothing changed; site/ is current.")


@pytest.mark.usefixtures("port")
def test_json_is_all_that_stands_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    Path("seeds/b.txt").write_text("bad", encoding="utf-8")
    assert main(["build", "--json"]) == 1
    said = capsys.readouterr()
    report = json.loads(said.out)
    assert said.err == ""
    assert (report["exit_code"], report["state"], report["counts"]["articles"]) == (1, "built", 1)
    assert report["issues"][0]["remedy"] == "make it good"


@pytest.mark.usefixtures("port")
def test_a_quarantined_seed_is_named_on_stderr_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    Path("seeds/b.txt").write_text("bad", encoding="utf-8")
    assert main(["build", "-q"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "quarantined  b.txt: it is bad [bad]\n  -> make it good\n"


@pytest.mark.usefixtures("port")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bild"], "No such command"),
        (["build", "--wat"], "No such option"),
        (["build", "--jobs", "many"], "--jobs"),
        (["build", "--executor", "dask"], "--scheduler"),
        (["build", "-f", "missing"], "missing: no such file or folder"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_why(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("port")
def test_profile_says_where_the_time_went_and_writes_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--profile"]) == 0
    assert "share" in capsys.readouterr().err
    told = json.loads(Path(".briefing/profile.json").read_text(encoding="utf-8"))
    assert set(told) == {"stages", "parts of stages, processor time"}
    assert "render" in told["stages"]


@pytest.mark.usefixtures("port")
def test_no_process_to_work_exits_with_3_and_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--jobs", "0"]) == 3
    assert "name 1 or more" in capsys.readouterr().err
    assert not Path("site").exists()


@pytest.mark.usefixtures("port")
def test_wrong_settings_exit_with_2_and_name_the_nearest_key(capsys: pytest.CaptureFixture[str]) -> None:
    Path("briefing.yml").write_text("sead: x\n", encoding="utf-8")
    assert main(["build"]) == 2
    assert "did you mean seeds?" in capsys.readouterr().err


@pytest.mark.usefixtures("port")
def test_a_locked_project_exits_with_9() -> None:
    with project_lock(Path(".briefing/lock").absolute()):
        assert main(["build"]) == 9


@pytest.mark.usefixtures("port")
def test_a_bug_exits_with_70_and_asks_for_a_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **_named: object) -> None:
        raise ZeroDivisionError("of ours")

    put_in(monkeypatch, broken)
    assert main(["build"]) == 70
    assert "of ours" in capsys.readouterr().err


@pytest.mark.usefixtures("port")
@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied", "x"), MemoryError()])
def test_a_machine_that_refuses_exits_with_3(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refused(*_: object, **_named: object) -> None:
        raise error

    put_in(monkeypatch, refused)
    assert main(["build"]) == 3


def test_the_version_and_the_help_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-V"]) == 0
    assert __version__ in capsys.readouterr().out
    assert main(["-h"]) == 0
    told = capsys.readouterr().out
    assert all(verb in told for verb in ("new", "build", "serve", "check", "clean"))
    assert "130/143" in told


def test_new_makes_a_project_that_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "port")]) == 0
    assert "briefing build" in capsys.readouterr().out
    before = tree(tmp_path)
    assert main(["new", str(tmp_path / "port")]) == 2
    assert tree(tmp_path) == before


def test_clean_removes_what_was_built_and_only_that(port: Path) -> None:
    before = tree(port)
    (port / "site_src/notes.md").write_text("# Mine\n", encoding="utf-8")
    main(["build"])
    assert main(["clean", "--cache"]) == 0
    left = {name: content for name, content in tree(port).items() if not name.startswith(".briefing/")}
    assert left == {**before, "site_src/notes.md": b"# Mine\n", "permalinks.json": left["permalinks.json"]}
    assert not (port / "site").exists()


def test_clean_never_removes_a_folder_of_other_things(port: Path) -> None:
    (port / "site").mkdir()
    (port / "site/thesis.txt").write_text("years of work", encoding="utf-8")
    assert main(["clean"]) == 2
    assert (port / "site/thesis.txt").exists()


SLOW = """
import sys, time
from pathlib import Path
from types import ModuleType
def slow(*_, **_named):
    Path("started").touch()
    time.sleep(60)
module = sys.modules["generator.pipeline"] = ModuleType("generator.pipeline")
module.build = slow
from generator.cli import main
sys.exit(main(["build"]))
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_a_build_that_is_interrupted_leaves_the_old_site_and_nothing_else(
    port: Path, number: signal.Signals, code: int
) -> None:
    main(["build"])
    before = {name: content for name, content in tree(port).items() if not name.startswith(".briefing/")}
    (port / "seeds/new.txt").write_text("New pier\nA pier.", encoding="utf-8")
    process = subprocess.Popen([sys.executable, "-c", SLOW], cwd=port, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not (port / "started").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode == code
    (port / "started").unlink()
    (port / "seeds/new.txt").unlink()
    assert {name: content for name, content in tree(port).items() if not name.startswith(".briefing/")} == before
    assert main(["build"]) == 0


@pytest.mark.usefixtures("port")
def test_a_build_without_changes_loads_neither_the_model_nor_mkdocs() -> None:
    main(["build"])
    code = (
        "import sys, generator.inputs; from pathlib import Path; generator.inputs.PACKAGE = Path(sys.argv[1])\n"
        "from generator.cli import main; main(['build'])\n"
        "print(sorted({'spacy', 'mkdocs', 'numpy', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(inputs.PACKAGE)], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.splitlines()[0].startswith("Nothing changed")
    assert done.stdout.splitlines()[1] == "[]"


def test_a_closed_pipe_is_no_error(port: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "generator", "-h"]
    done = subprocess.run(command, cwd=port, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


class Unheard(StringIO):
    def write(self, _text: str) -> int:
        raise BrokenPipeError(errno.EPIPE, "nobody reads it")


def test_a_build_goes_on_where_nobody_listens_any_more(port: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Unheard())
    monkeypatch.setattr(sys, "stdout", Unheard())
    assert main(["build", "-v"]) == 0
    assert (port / "site" / "index.html").is_file()
    assert main(["build", "-f", "nowhere"]) == 2


@pytest.mark.skipif(os.name == "nt", reason="the shell of Windows closes no streams")
@pytest.mark.parametrize(
    ("command", "closed"), [("--version", "1>&-"), ("--version", "2>&-"), ("build -v", "0<&- 1>&- 2>&-")]
)
def test_a_process_that_can_talk_to_nobody_does_its_work(port: Path, command: str, closed: str) -> None:
    code = "from generator.cli import run; run()"
    line = f'"{sys.executable}" -c "{code}" {command} {closed}'
    assert subprocess.run(["sh", "-c", line], cwd=port, capture_output=True, check=False).returncode == 0
    assert (port / "site").exists() == command.startswith("build")


def test_the_process_of_a_build_says_all_and_ends_without_freeing_what_it_made(port: Path) -> None:
    code = (
        "import atexit, sys; atexit.register(print, 'freed'); from generator.cli import run\n"
        "sys.argv = ['briefing', 'build', '--json', *sys.argv[1:]]; run()"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=port, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["state"], done.stderr) == (0, "built", "")
    done = subprocess.run([*command, "-f", "nowhere"], cwd=port, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["state"]) == (2, "failed")
