"""Less and less memory: a command that does not get enough of it must leave nothing half done."""

import commands
import program
import sweep

LEAST, MOST, STEPS = 4 << 20, 512 << 20, 50
# How exactly the limits are looked for, between which a command begins but does not end.
GRAIN = 64 << 10
LARGE = ["generate", "{folder}/hrm.db", "--users", "300", "--companies", "100", "--grants", "500",
         "--seed", "7"]


def run(table, pool, chosen, options):
    """Climbs the ladder with a large grant and an import.

    It stands between the memory with which the program starts at all and the memory that is enough,
    where the command comes to its end by halves.
    """
    for name in ("bulk-grant", "import"):
        base = next(c for c in commands.COMMANDS if c.name == name)
        prepare = large if name == "bulk-grant" else base.prepare
        command = commands.Command(name, base.words, prepare=prepare)
        judge = sweep.Judge(command)
        start = least(lambda limit: program.run(["--version"], memory=limit).status == 0)
        enough = least(lambda limit: ends(judge, limit))
        limits = [start + (enough - start) * i // STEPS for i in range(STEPS + 1)]
        if not options.full:
            limits = chosen.sample(limits, 10)
        problems = pool.starmap(attempt, [(judge, limit) for limit in limits])
        table.add(
            f"{name}: little memory", len(limits), [p for p in problems if p],
            f"from {start >> 20} to {enough >> 20} MB")


def least(is_enough):
    """The least memory, in bytes, that is enough, if more is never too little."""
    low, high = LEAST, MOST
    while high - low > GRAIN:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high


def ends(judge, limit):
    with program.Folder() as folder:
        folder.fill(judge.source.path)
        return program.run(judge.command.call(folder.path), memory=limit).status == judge.status


def large(folder):
    words = [word.replace("{folder}", folder) for word in LARGE]
    ended = program.run(words)
    if ended.status != 0:
        raise RuntimeError(f"generate: {ended}")


def attempt(judge, limit):
    with program.Folder() as folder:
        folder.fill(judge.source.path)
        ended = program.run(judge.command.call(folder.path), memory=limit)
        problem = judge.problem(folder, ended)
        return problem and f"{limit >> 20} MB: {problem}"
