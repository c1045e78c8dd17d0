"""What is kept between builds is bound to the code that made it."""

from __future__ import annotations

import subprocess
import sys

from generator.pipeline.version import RENDERING


def test_every_module_that_makes_pages_is_in_the_version_of_what_is_kept_of_them() -> None:
    told = "import sys, generator.pages; print(*(name for name in sys.modules if name.startswith('generator.')))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[1] for name in run.stdout.split()}
    assert "pages" in loaded
    assert loaded <= {name.removesuffix(".py") for name in RENDERING}
