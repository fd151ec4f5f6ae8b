"""The same questions at present and at earlier moments."""

import os
import subprocess

from databases import NEWEST
from measure import Line, Run, answer, ours, paired


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
        for when, time in moments(path).items():
            words = [what, str(repeat)]
            probe.ask(*words)
            probe.ask(*words, time)
            name = "page of users with counts" if what == "users" else "check"
            line = Line(f"{name}, as of, library; {when}", 3, note="the same at present")
            yield paired(
                line, lambda: probe.ask(*words, time), lambda: probe.ask(*words), pairs=9)
    probe.end()


def commands(path):
    user = answer(path, "SELECT username FROM hrm_users LIMIT 1 OFFSET 5000")
    company = answer(path, "SELECT code FROM hrm_company LIMIT 1 OFFSET 77")
    for words in (["users", "--limit", "50"], ["check", user, company]):
        for when, time in moments(path).items():
            past = [*words, "--as-of", time.replace(" ", "T") + "Z"]
            line = Line(f"{words[0]} --as-of, command; {when}", 3, note="the same at present")
            yield paired(
                line, lambda: ours(path, *past, expect=(0, 1)),
                lambda: ours(path, *words, expect=(0, 1)), pairs=9)


def lines(data):
    yield "past-library", lambda: list(library(data.base()))
    yield "past-command", lambda: list(commands(data.base()))
