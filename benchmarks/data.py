"""Generated returns and IRO services to measure on, made once and kept in build/bench-data."""
import hashlib
import json
import shutil
from pathlib import Path

from measure import process

YEAR, SEED, ERROR_RATE = 2025, 1, 0.02


class Data:
    """Returns, or IRO services, of so many children. Made again when the generator makes other bytes than before."""

    def __init__(self, command, root, dataset="ssda903"):
        self.command, self.root, self.dataset = command, Path(root), dataset
        self.root.mkdir(parents=True, exist_ok=True)
        self.generator = self._generator()

    def folder(self, children):
        folder = self.root / str(children)
        made = folder / "made-by"
        if not made.exists() or made.read_text() != self.generator:
            shutil.rmtree(folder, ignore_errors=True)
            self._generate(children, folder)
            made.write_text(self.generator)
        for path in files(folder):
            path.read_bytes()  # into the page cache
        return folder

    def _generate(self, children, folder):
        process([str(self.command), "generate", "--dataset", self.dataset, "--children", str(children), "--year", str(YEAR),
                 "--seed", str(SEED), "--error-rate", str(ERROR_RATE), "--out", str(folder)], self.root)

    def _generator(self):
        sample = self.root / "sample"
        shutil.rmtree(sample, ignore_errors=True)
        self._generate(300, sample)
        digest = hashlib.sha256()
        for path in files(sample):
            digest.update(path.read_bytes())
        return digest.hexdigest()


def files(folder):
    return sorted(path for year in ("current", "prior") for path in (folder / year).glob("*.csv"))


def size(folder):
    return sum(path.stat().st_size for path in files(folder))


def records(folder):
    return sum(path.read_bytes().count(b"\n") - 1 for path in files(folder))


def planted(folder, pack):
    answers = json.loads((folder / "answers.json").read_text())["planted"]
    return {(entry["rule"], entry["table"], entry["row"]) for entry in answers if entry["pack"] == pack}
