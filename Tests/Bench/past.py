"""The same questions at present and at earlier moments."""

import os
import sqlite3
import subprocess
import time

from databases import NEWEST
from measure import SETTINGS, Line, Run, answer, ours, paired


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

# One pass over the lives and the grants, those that have ended included.
READ_GRANTS = """
    SELECT (SELECT count(began_change) FROM company_access_user_lifetime NOT INDEXED),
      (SELECT count(began_change) FROM company_access_company_lifetime NOT INDEXED),
      (SELECT count(began_change) FROM company_access_current_grant NOT INDEXED),
      (SELECT count(began_change) FROM company_access_ended_grant NOT INDEXED)"""


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
    """Totals against reading all rows that may count, by a connection that stays open."""
    probe, reader = Probe(path), Reader(path)
    for what, name, sql, note in (
        ("count", "number of users", READ_LIVES, "reading all lifetimes of users"),
        ("coverage", "users, companies, grants, coverage", READ_GRANTS,
         "reading all lifetimes and grants"),
    ):
        for when, moment in moments(path).items():
            words = [what, "5", moment]
            probe.ask(*words)
            reader.ask(sql, 5)
            line = Line(f"{name}, as of, library; {when}", 1.3, note=note)
            yield paired(line, lambda: probe.ask(*words), lambda: reader.ask(sql, 5))
    probe.end()


def commands(path):
    user = answer(path, "SELECT username FROM hrm_users LIMIT 1 OFFSET 5000")
    company = answer(path, "SELECT code FROM hrm_company LIMIT 1 OFFSET 77")
    for words in (["users", "--limit", "50"], ["check", user, company], ["stats"]):
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
