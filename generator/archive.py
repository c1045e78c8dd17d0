"""`briefing export zip`: the built site in one file, to be handed over and opened from disk."""

from __future__ import annotations

import zipfile
from pathlib import Path

from generator.errors import UsageError
from generator.publish.files import faults_named

# The first moment that a zip file can name: equal sites give equal files, whenever they were packed.
_MOMENT = (1980, 1, 1, 0, 0, 0)
# Read by everyone, written by the owner; a file of Unix.
_MODE = 0o100644 << 16


def zip_site(site: Path, target: Path) -> int:
    """Pack every file of the folder `site` into `target`, below one folder of its name; how many files.

    Equal sites give equal bytes. The file is there whole or not at all. Raises `UsageError` where there is no
    site or `target` lies within it, `EnvironmentFault` where the disk says no.
    """
    if not (site / "index.html").is_file():
        raise UsageError(f"{site}: there is no built site", "run `briefing build` first")
    if target.resolve().is_relative_to(site.resolve()):
        raise UsageError(f"{target}: lies within the site itself", "name a file elsewhere with -o")
    if target.is_dir():
        raise UsageError(f"{target}: is a folder", "name a file with -o")
    temporary = target.with_name(f".{target.name}.tmp")
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    with faults_named(target):
        try:
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in names:
                    entry = zipfile.ZipInfo(f"{site.name}/{name}", _MOMENT)
                    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _MODE
                    archive.writestr(entry, (site / name).read_bytes())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    return len(names)
