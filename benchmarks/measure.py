"""Runs programs and says what they took: seconds on the wall, of the processors, and peak memory."""
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = Path(__file__).resolve().parent / "launch.py"


@dataclass
class Run:
    seconds: float
    peak_bytes: int
    processor_seconds: float
    output: str = ""


@dataclass
class Series:
    """Repeated runs of one thing."""
    seconds: list = field(default_factory=list)
    peak_bytes: list = field(default_factory=list)
    processor_seconds: list = field(default_factory=list)

    def add(self, run):
        self.seconds.append(run.seconds)
        self.peak_bytes.append(run.peak_bytes)
        self.processor_seconds.append(run.processor_seconds)

    @property
    def median(self):
        return statistics.median(self.seconds)

    @property
    def peak(self):
        return max(self.peak_bytes)

    @property
    def processor(self):
        """Of all threads together; other programs on the machine hardly change it."""
        return statistics.median(self.processor_seconds)

    def __str__(self):
        return (f"{text_of(self.median)} ({text_of(min(self.seconds))}..{text_of(max(self.seconds))}), "
                f"processors {text_of(self.processor)}")


def text_of(seconds):
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.3f} s"


class Failed(Exception):
    pass


def process(command, directory):
    """Runs the command to its end. Raises Failed, with its first words, when that is not status 0."""
    with tempfile.TemporaryDirectory() as scratch:
        out, errors = Path(scratch, "out"), Path(scratch, "errors")
        launcher = [sys.executable, "-I", "-S", str(LAUNCHER), str(out), str(errors), *command]
        told = json.loads(subprocess.run(launcher, cwd=directory, capture_output=True, check=True, text=True).stdout)
        if told["status"] != 0:
            words = errors.read_text(errors="replace").strip().splitlines()
            raise Failed(f"{Path(command[0]).name} ended with status {told['status']}: {' | '.join(words[:4])}")
        return Run(told["seconds"], told["peak_bytes"], told["processor_seconds"], out.read_text())


def interleaved(runs, **programs):
    """Runs each program in turn, `runs` times over, so that slow minutes of the machine fall on all alike.

    A program is a function that returns a Run. Where there are more than three rounds the first round warms up and is not counted."""
    series = {name: Series() for name in programs}
    for round_number in range(runs + 1):
        for name, run in programs.items():
            if round_number == 0 and runs > 3:
                run()
            elif round_number > 0:
                series[name].add(run())
    return series


def noise(rounds=9):
    """How much a fixed piece of work varies here, from its fastest to its slowest run, as a share of the median."""
    block = bytes(32 << 20)
    seconds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        hashlib.sha256(block).digest()
        seconds.append(time.perf_counter() - begun)
    return (max(seconds) - min(seconds)) / statistics.median(seconds)


def machine():
    model = "unknown processor"
    try:
        with open("/proc/cpuinfo") as lines:
            model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
        with open("/proc/meminfo") as lines:
            memory = int(next(lines).split()[1]) >> 20
    except OSError:
        memory = 0
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"{model}, {os.cpu_count()} processors, {memory} GB, load {load}, {sys.platform}"
