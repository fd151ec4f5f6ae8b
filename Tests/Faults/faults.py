"""Breaks the machine under company-access in many ways, and looks at what is left.

Usage: scripts/faults [--full] [--seed N] [--jobs N] [PART ...]
A part is one of: sweep upgrade disk memory random damaged; by default all. Without --full a sample is
taken, chosen afresh; its seed is printed, and --seed repeats it.
"""

import argparse
import multiprocessing
import os
import random
import shutil
import sys
import time

import commands
import damaged
import disk
import figures
import memory
import program
import random_faults
import sweep
import upgrade

PARTS = ["sweep", "upgrade", "disk", "memory", "random", "damaged"]
SAMPLED_POINTS = 8


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/faults", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="all points, not a sample")
    parser.add_argument("--seed", type=int, default=None, help="choose this sample")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="so many at a time")
    parser.add_argument("--only", action="append", help="only commands of this name")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    options = parser.parse_args()
    for part in options.parts:
        if part not in PARTS:
            parser.error(f"there is no part {part}")
    if not os.path.exists(program.PROGRAM):
        sys.exit(f"there is no {program.PROGRAM}: build it first (swift build)")
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(2**31)
    print(f"seed {seed}" + (", everything" if options.full else ", a sample"), flush=True)
    chosen = random.Random(seed)
    table = figures.Figures()
    began = time.monotonic()
    program.Folder()
    with multiprocessing.Pool(options.jobs) as pool:
        for part in options.parts or PARTS:
            RUNNERS[part](table, pool, chosen, options)
    table.print()
    print(f"{time.monotonic() - began:.0f} seconds")
    sys.exit(1 if table.failures else 0)


def run_sweep(table, pool, chosen, options):
    if not shutil.which("strace"):
        return table.skipped("faults at system calls", "strace is not here")
    for command in commands.COMMANDS:
        if options.only and command.name not in options.only:
            continue
        judge = sweep.Judge(command)
        for kind in sweep.KINDS:
            points = judge.points
            if not options.full:
                points = chosen.sample(points, min(SAMPLED_POINTS, len(points)))
            outcomes = pool.starmap(sweep.sweep, [(judge, kind, point) for point in points])
            reached = sum(1 for is_reached, _ in outcomes if is_reached)
            problems = [problem for _, problem in outcomes if problem]
            if reached < len(points) * 0.8:
                problems.append(f"only {reached} of {len(points)} faults came")
            note = "" if reached == len(points) else f"{len(points) - reached} never came"
            table.add(f"{command.name}: {kind}", max(reached, len(problems)), problems, note)


RUNNERS = {
    "sweep": run_sweep,
    "upgrade": upgrade.run,
    "disk": disk.run,
    "memory": memory.run,
    "random": random_faults.run,
    "damaged": damaged.run,
}

if __name__ == "__main__":
    main()
