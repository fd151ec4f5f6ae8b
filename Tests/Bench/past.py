"""The same questions at present and at earlier moments."""

import os
import sqlite3
import subprocess
import time

from databases import NEWEST
from measure import SETTINGS, Line, Run, answer, ours, paired, shell


class Probe:
    """The library, with a store that stays open."""

    def __init__(self, path):
        self.process = subprocess.Popen(
            [os.environ["LIBRARY_PROBE"], path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)

    def ask(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        seconds, processor = self.process.stdout.readline().split()
        return Run(float(seconds), float(processor))

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def moments(path):
    """Times of changes: little has changed since the first, much since the others."""
    changes = {
        "little changed since": f"{NEWEST} - 1",
        "a tenth ended since": f"{NEWEST} - 2",
        "half granted since": f"{NEWEST} / 2",
    }
    return {
        what: answer(path, f"SELECT at FROM company_access_change WHERE id = {number}")
        for what, number in changes.items()}


def library(path):
    probe = Probe(path)
    for what, repeat in (("users", 20), ("check", 500)):
        for when, moment in moments(path).items():
            words = [what, str(repeat)]
            probe.ask(*words)
            probe.ask(*words, moment)
            name = "page of users with counts" if what == "users" else "check"
            line = Line(f"{name}, as of, library; {when}", 1.5, note="the same at present")
            yield paired(
                line, lambda: probe.ask(*words, moment), lambda: probe.ask(*words), pairs=9)
    probe.end()


# One pass over the lives of users; a total is a pass over an index of them at best.
READ_LIVES = """
    SELECT count(*), count(began_change) FROM company_access_user_lifetime NOT INDEXED"""

# One pass over the grants, those that have ended included, for the figures of the statistics.
READ_GRANTS = """
    SELECT (SELECT count(*) FROM company_access_user_lifetime),
      (SELECT count(*) FROM company_access_company_lifetime), sum(n), count(*)
    FROM (SELECT count(began_change) AS n FROM company_access_current_grant GROUP BY user_lifetime
      UNION ALL
      SELECT count(ended_change) FROM company_access_ended_grant GROUP BY user_lifetime);"""


class Reader:
    """SQLite in this process, with a connection that stays open."""

    def __init__(self, path):
        self.connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.connection.executescript(SETTINGS)

    def ask(self, sql, repeat):
        began, processor = time.monotonic(), time.process_time()
        for _ in range(repeat):
            self.connection.execute(sql).fetchall()
        return Run(time.monotonic() - began, time.process_time() - processor)


def totals(path):
    probe, reader = Probe(path), Reader(path)
    for when, moment in moments(path).items():
        words = ["count", "20", moment]
        probe.ask(*words)
        reader.ask(READ_LIVES, 20)
        line = Line(
            f"number of users, as of, library; {when}", 1.3, note="reading as many lifetimes")
        yield paired(
            line, lambda: probe.ask(*words), lambda: reader.ask(READ_LIVES, 20), pairs=9)
        past = ["stats", "--as-of", moment.replace(" ", "T") + "Z"]
        line = Line(
            f"stats --as-of, command; {when}", 1.3, note="one pass over as many grants")
        yield paired(line, lambda: ours(path, *past), lambda: shell(path, READ_GRANTS))
    probe.end()


def commands(path):
    user = answer(path, "SELECT username FROM hrm_users LIMIT 1 OFFSET 5000")
    company = answer(path, "SELECT code FROM hrm_company LIMIT 1 OFFSET 77")
    for words in (["users", "--limit", "50"], ["check", user, company]):
        for when, moment in moments(path).items():
            past = [*words, "--as-of", moment.replace(" ", "T") + "Z"]
            line = Line(f"{words[0]} --as-of, command; {when}", 1.5, note="the same at present")
            yield paired(
                line, lambda: ours(path, *past, expect=(0, 1)),
                lambda: ours(path, *words, expect=(0, 1)), pairs=9)


def lines(data):
    yield "past-library", lambda: list(library(data.base()))
    yield "past-totals", lambda: list(totals(data.base()))
    yield "past-command", lambda: list(commands(data.base()))
