"""Runs programs in alternation, and knows what each run took."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field

PROGRAM = os.environ["COMPANY_ACCESS"]
# A plain program of the same file: a page cache as large as ours, and the durability of the file.
SETTINGS = "PRAGMA foreign_keys = ON;\nPRAGMA cache_size = -65536;\n"
# A run that takes longer than this is made twice, and one that takes much longer once.
LONG_SECONDS = 30


@dataclass
class Run:
    """One run: elapsed and processor seconds, and the most memory and the size of a file, in MB."""

    seconds: float
    processor: float
    memory: float = 0
    output: str = ""
    size: float = 0


def run(arguments, script=None, expect=(0,)):
    """Runs a program to its end; what it prints is kept."""
    began = time.monotonic()
    child = subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if script:
        child.stdin.write(script.encode())
    child.stdin.close()
    output = child.stdout.read().decode()
    words = child.stderr.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in expect:
        sys.exit(f"{' '.join(arguments)} ended with {child.returncode}:\n{words}{output}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


def ours(path, *words, expect=(0,)):
    """A command of ours."""
    return run([PROGRAM, "--db", path, *words], expect=expect)


def shell(path, sql, *options):
    """The sqlite3 shell, with the settings of a plain program."""
    # Commands of the shell itself begin their line.
    lines = "\n".join(line.strip() for line in sql.split("\n"))
    return run(["sqlite3", "-batch", "-bail", *options, path], SETTINGS + lines)


def answer(path, sql):
    """What the shell answers to a question."""
    return run(["sqlite3", "-batch", "-bail", path, sql]).output.strip()


@dataclass
class Line:
    """A line of the table: what was measured, against what, and whether it is enough."""

    work: str
    goal: float
    ours: list = field(default_factory=list)
    theirs: list = field(default_factory=list)
    note: str = ""
    # Whether the ratio is theirs to ours, and must be at least the goal.
    inverted: bool = False
    # What is compared: elapsed seconds, processor seconds, memory or size.
    measure: str = "seconds"
    # Whether the goal is a difference instead of a ratio.
    difference: bool = False
    memory_goal: float = 0

    def values(self, runs):
        return [getattr(one, self.measure) for one in runs]

    def result(self, measure=None):
        """The median of what each pair says."""
        pick = measure or self.measure
        pairs = zip(self.ours, self.theirs)
        both = [(getattr(a, pick), getattr(b, pick)) for a, b in pairs]
        if self.difference:
            return statistics.median(a - b for a, b in both)
        if self.inverted:
            both = [(b, a) for a, b in both]
        return statistics.median(a / max(b, 1e-9) for a, b in both)

    def is_met(self):
        result = self.result()
        enough = result >= self.goal if self.inverted else result <= self.goal
        return enough and (not self.memory_goal or self.peak(self.ours) <= self.memory_goal)

    @staticmethod
    def peak(runs):
        return max(one.memory for one in runs)

    def cells(self):
        """The cells of the line in the table."""
        scale, unit = (1, "MB") if self.measure in ("memory", "size") else (1000, "ms")
        mine = statistics.median(self.values(self.ours)) * scale
        other = statistics.median(self.values(self.theirs)) * scale
        spread = self.spread()
        result = self.result()
        if self.difference:
            shown, goal = f"{result:+.2f} s", f"+{self.goal} s"
        else:
            sign = "at least " if self.inverted else ""
            processor = "" if self.measure != "seconds" else f" ({self.result('processor'):.2f})"
            shown, goal = f"{result:.2f}{processor}", f"{sign}{self.goal}"
        if self.memory_goal:
            goal += f", {self.memory_goal} MB"
        memory = "" if not self.ours[0].memory else (
            f"{self.peak(self.ours):.0f} / {self.peak(self.theirs):.0f}")
        return [
            self.work, f"{mine:,.{digits(mine)}f} {unit}", f"{other:,.{digits(other)}f} {unit}",
            shown, spread, str(len(self.ours)), memory, goal, "met" if self.is_met() else "NOT MET",
            self.note,
        ]

    def spread(self):
        """From the smallest to the largest of what the pairs say."""
        both = list(zip(self.values(self.ours), self.values(self.theirs)))
        if self.difference:
            all = [a - b for a, b in both]
        else:
            all = [(b / a if self.inverted else a / max(b, 1e-9)) for a, b in both]
        return f"{min(all):.2f}-{max(all):.2f}"


def digits(number):
    return 0 if number >= 100 else 1 if number >= 10 else 2


HEADINGS = [
    "work", "ours", "other", "ratio (CPU)", "from-to", "pairs", "peak MB", "goal", "", "against"
]


def table(lines):
    """The lines as a table in Markdown."""
    rows = [HEADINGS] + [line.cells() for line in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    out = []
    for index, row in enumerate(rows):
        cells = " | ".join(cell.ljust(width) for cell, width in zip(row, widths))
        out.append(f"| {cells} |")
        if index == 0:
            out.append("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(out)


def paired(line, mine, other, pairs=5):
    """Measures both in alternation; a body may prepare what is not measured before it runs."""
    done = 0
    while done < pairs:
        line.ours.append(mine())
        line.theirs.append(other())
        done += 1
        slowest = max(line.ours[-1].seconds, line.theirs[-1].seconds)
        if slowest > LONG_SECONDS and done >= 2 or slowest > 4 * LONG_SECONDS:
            break
    print("  " + "  ".join(cell for cell in line.cells()[:9]), file=sys.stderr, flush=True)
    return line


def copy(source, target):
    """A fresh copy, written to the disk so that nobody pays for it later."""
    for end in ("", "-journal"):
        if os.path.exists(target + end):
            os.unlink(target + end)
    shutil.copyfile(source, target)
    descriptor = os.open(target, os.O_RDWR)
    os.fsync(descriptor)
    os.close(descriptor)
    return target


def remove(*paths):
    for path in paths:
        for end in ("", "-journal"):
            if os.path.exists(path + end):
                os.unlink(path + end)
