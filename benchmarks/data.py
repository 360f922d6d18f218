"""Generated returns and IRO services to measure on, made once and kept in build/bench-data."""
import hashlib
import itertools
import json
import random
import shutil
from pathlib import Path

from measure import process

YEAR, SEED, ERROR_RATE = 2025, 1, 0.02
POSTCODES = 2_700_000  # about as many as the ONS Postcode Directory holds


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


def postcodes(path):
    """A table like the ONS Postcode Directory's, in its order, made once."""
    if path.exists():
        return path
    chance = random.Random(SEED)
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    areas = sorted({a + b for a in "ABCDEFGHIKLMNOPRSTUWYZ" for b in ["", *"ABDEHLNRST"]})
    left = POSTCODES
    with open(path.with_suffix(".part"), "w", encoding="ascii") as file:
        file.write("pcds,oslaua,oseast1m,osnrth1m\n")
        for area in areas:
            for district in range(1, 30):
                authority, east, north = f"E{chance.randint(6000001, 9000033):08}", chance.randint(100000, 600000), chance.randint(10000, 900000)
                for unit in itertools.product(range(10), letters, letters):
                    if left and chance.random() < 0.8:
                        left -= 1
                        sector, one, two = unit
                        file.write(f'"{area}{district} {sector}{one}{two}","{authority}",{east + chance.randint(0, 9999)},{north + chance.randint(0, 9999)}\n')
    path.with_suffix(".part").rename(path)
    return path
