"""Faults by chance in the C library's calls, from libfiu."""

import random
import shutil

import commands
import program
import sweep

POINTS = ["posix/io/rw/*", "posix/io/sync/*", "posix/io/oc/*", "posix/io/dir/*", "posix/io/*"]
RUNS, SAMPLED_RUNS = 1_000, 60


def run(table, pool, chosen, options):
    """Runs commands in turn with one kind of fault of some likelihood."""
    if not shutil.which("fiu-run"):
        return table.skipped("random faults", "fiu-run is not here")
    judges = [sweep.Judge(command) for command in commands.COMMANDS]
    runs = RUNS if options.full else SAMPLED_RUNS
    seeds = [(judges[i % len(judges)], chosen.randrange(2**31)) for i in range(runs)]
    outcomes = pool.starmap(attempt, seeds)
    failed = sum(1 for _, status in outcomes if status not in (0, None))
    table.add(
        "random faults", runs, [p for p, _ in outcomes if p], f"{failed} commands failed")


def attempt(judge, seed):
    chosen = random.Random(seed)
    points = chosen.choice(POINTS)
    likelihood = chosen.choice([0.002, 0.01, 0.05])
    fault = f"enable_random name={points},probability={likelihood}"
    with program.Folder() as folder:
        folder.fill(judge.source.path)
        ended = program.run(
            judge.command.call(folder.path), around=["/usr/bin/fiu-run", "-x", "-c", fault])
        problem = judge.problem(folder, ended)
        return problem and f"{judge.command.name}, {fault}: {problem}", ended.status
