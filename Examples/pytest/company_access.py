"""A pytest fixture: a database for each test, and what it says of who may enter what.

Copy this file beside your tests and name it in conftest.py:

    pytest_plugins = ["company_access"]

The program is found as `company-access`, or by the variable COMPANY_ACCESS. The fixture
`access_template` says of which file each test gets a copy of its own; override it with your own:

    @pytest.fixture(scope="session")
    def access_template():
        return "tests/data/hrm.db"
"""

import json
import os
import shutil
import subprocess

import pytest


class Problem(Exception):
    """A command that could not do what it was asked for."""


class Access:
    """The program on one database."""

    def __init__(self, path, program=None):
        self.path = str(path)
        self.program = program or os.environ.get("COMPANY_ACCESS", "company-access")

    def run(self, *words, input="", allowed=(0,)):
        """Runs a command; gives what it wrote to standard output."""
        done = subprocess.run(
            [self.program, "--db", self.path, *map(str, words)], input=input,
            capture_output=True, text=True, encoding="utf-8")
        if done.returncode not in allowed:
            raise Problem(f"{' '.join(map(str, words))}: exit code {done.returncode}\n{done.stderr}")
        return done.stdout

    def read(self, *words, **more):
        """Runs a command; gives its JSON."""
        return json.loads(self.run(*words, "--json", **more))

    def check(self, user, company):
        """Whether a user may enter a company."""
        return self.read("check", user, company, allowed=(0, 1))["access"]

    def companies(self, user):
        """The names of the companies that a user may enter, in order."""
        return [row["name"] for row in self.read("companies", "--user", user)["companies"]]

    def grant(self, user, *companies):
        self.run("grant", user, *companies)

    def revoke(self, user, *companies):
        self.run("revoke", user, *companies, "--yes")

    def failures(self, *lines):
        """The expectations that do not hold, as dictionaries with line, expected and found."""
        text = "\n".join(lines) + "\n"
        return self.read("expect", "-", input=text, allowed=(0, 1))["failures"]

    def expect(self, *lines):
        """Fails unless all expectations hold, in the words of `company-access expect`."""
        failures = self.failures(*lines)
        assert not failures, "\n".join(
            f"line {one['line']}: {one['expected']}: found {one['found']}" for one in failures)

    def save(self, name):
        """Marks the state by a name."""
        self.run("snapshot", "save", name, "--force")

    def go(self, name):
        """Goes back to a marked state, as one change; gives its number, None if nothing was to do."""
        return self.read("snapshot", "go", name, "--yes", "--no-administrator")["change"]


@pytest.fixture(scope="session")
def access_template(tmp_path_factory):
    """The path of the database of which each test gets a copy; the sample, unless overridden."""
    path = tmp_path_factory.mktemp("company-access") / "template.db"
    program = os.environ.get("COMPANY_ACCESS", "company-access")
    subprocess.run([program, "init", "--sample", str(path)], check=True, capture_output=True)
    return path


@pytest.fixture
def access(access_template, tmp_path):
    """The program on a database of this test alone."""
    path = tmp_path / "test.db"
    shutil.copyfile(access_template, path)
    return Access(path)
