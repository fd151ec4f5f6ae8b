"""Prints the table of measurements; scripts/bench calls it."""

import datetime
import subprocess
import sys

import desk
import foreign
import past
import postgres
import reading
import size
import writing
from databases import Databases
from measure import table


def machine():
    model = "unknown"
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":")[1].strip()
                break
    cores = subprocess.run(["nproc"], stdout=subprocess.PIPE, text=True).stdout.strip()
    shell = subprocess.run(["sqlite3", "-version"], stdout=subprocess.PIPE, text=True).stdout
    release = "Linux"
    with open("/etc/os-release") as file:
        for line in file:
            if line.startswith("PRETTY_NAME="):
                release = line.split("=")[1].strip().strip('"')
    load = open("/proc/loadavg").read().split()[0]
    return (f"{datetime.date.today()}, {release}, {cores} cores ({model}), "
            f"sqlite3 {shell.split()[0]}, load {load}")


def main(words):
    isOnServer = words[:1] == ["postgres"]
    if isOnServer:
        words.pop(0)
    name = words.pop(0) if words and words[0] in ("small", "large") else "small"
    print(machine(), file=sys.stderr)
    if not isOnServer:
        return measure(name, Databases(name), [writing, foreign, reading, past, size, desk], words)
    server = postgres.Server(name)
    try:
        return measure(f"PostgreSQL, {name}", server, [postgres], words)
    finally:
        server.end()


def measure(name, data, parts, words):
    results, failures = [], []
    for part in parts:
        for line, compare in part.lines(data):
            if words and not any(line.startswith(word) for word in words):
                continue
            try:
                result = compare()
            except (RuntimeError, OSError, subprocess.SubprocessError) as error:
                failures.append(f"{line} could not be measured: {error}")
                print("  " + failures[-1], file=sys.stderr, flush=True)
                continue
            results += result if isinstance(result, list) else [result]
    if not results and not failures:
        print(f"no line begins with {' or '.join(words)}", file=sys.stderr)
        return 64
    print(f"{name}, {machine()}\n")
    print(table(results))
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
