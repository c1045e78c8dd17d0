"""Refresh an asset of others that ships with the package: `vendor.py PACKAGE PATH FILE`.

PACKAGE is an unpacked npm package, PATH the file in it, FILE its name among the vendored ones. The
manifest beside them records name, version, licence, source and hash; the tests hold the files to it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "generator" / "theme" / "assets" / "vendor"


def main(package: Path, path: str, file: str) -> None:
    """Copy the file and its licence, and record them; other entries of the manifest stay."""
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    licence_file = f"{Path(file).stem}.LICENSE.txt"
    shutil.copyfile(package / path, VENDOR / file)
    shutil.copyfile(package / "LICENSE", VENDOR / licence_file)
    entry = {
        "file": file,
        "name": about["name"],
        "version": about["version"],
        "licence": about["license"],
        "licence_file": licence_file,
        "source": f"npm {about['name']}@{about['version']} {path}",
        "sha256": hashlib.sha256((VENDOR / file).read_bytes()).hexdigest(),
    }
    manifest = VENDOR / "manifest.json"
    known = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else []
    entries = sorted([*(one for one in known if one["file"] != file), entry], key=lambda one: str(one["file"]))
    manifest.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
