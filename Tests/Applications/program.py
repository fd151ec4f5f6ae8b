"""Runs company-access on a file, by its commands and at its desk."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import sqlite3
import struct
import subprocess
import termios
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PRODUCTS = os.environ.get(
    "COMPANY_ACCESS_PRODUCTS", os.path.join(os.path.dirname(os.path.dirname(HERE)), ".build/debug"))
PROGRAM = os.path.join(PRODUCTS, "company-access")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", "TERM": "xterm-256color"}
# Longer than anything takes on a busy machine.
PATIENCE = 60


class Ended:
    """How a command ended, and what it wrote."""

    def __init__(self, words, done):
        self.words, self.status = words, done.returncode
        self.output, self.errors = done.stdout, done.stderr

    def __str__(self):
        return f"{' '.join(self.words)}: status {self.status}\n{self.output}{self.errors}"


class Access:
    """The program on one file."""

    def __init__(self, path):
        self.path = path

    def run(self, *words, status=0):
        """Runs a command, which must end with a status (None: with any)."""
        done = Ended(words, subprocess.run(
            [PROGRAM, "--db", self.path, *words], stdin=subprocess.DEVNULL, capture_output=True,
            text=True, env=ENVIRONMENT, timeout=PATIENCE))
        assert status is None or done.status == status, str(done)
        return done

    def read(self, *words):
        return json.loads(self.run(*words, "--format", "json").output)

    def describe(self, mapping):
        """Writes a mapping beside the file; gives its path."""
        path = self.path + ".json"
        with open(path, "w") as file:
            json.dump(mapping, file)
        return path

    def adopt(self, mapping):
        return self.run("adopt", "--mapping", self.describe(mapping), "--yes")

    def may_enter(self, user, company, as_of=None):
        moment = ["--as-of", self.time(as_of)] if as_of else []
        return self.run("check", user, company, *moment, status=None).status == 0

    def users(self, as_of=None):
        moment = ["--as-of", self.time(as_of)] if as_of else []
        return {user["username"] for user in self.read("users", *moment)["users"]}

    def newest(self):
        """The number of the newest change."""
        return self.read("log", "--limit", "1")["changes"][0]["id"]

    def time(self, change):
        return self.read("log", str(change))["at"]

    def since(self, change):
        """What came on the record after a change, in the order of the changes.

        Another program's transaction is one change for each millisecond that it took, so that how
        many there are says nothing: pairs and entities are what counts.
        """
        changes = [entry["id"] for entry in self.read("log")["changes"] if entry["id"] > change]
        entries = [self.read("log", str(number)) for number in sorted(changes)]
        return [
            (entry["action"], event["event"], event["name"])
            for entry in entries for event in entry["entities"]
        ] + [
            (entry["action"], pair["result"], pair["user"], pair["company"])
            for entry in entries for pair in entry["pairs"]
        ]

    def dump(self):
        """The file as `.dump` of the sqlite3 shell writes it."""
        return subprocess.run(
            ["sqlite3", self.path, ".dump"], capture_output=True, text=True, check=True).stdout

    def ask(self, question):
        with sqlite3.connect(self.path) as connection:
            return connection.execute(question).fetchall()


class Desk:
    """The desk under a pseudo-terminal of 80 x 24; what it writes is kept as it comes."""

    def __init__(self, path):
        self.output = b""
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            # A shell starts what runs beside it without Ctrl-C.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execve(PROGRAM, [PROGRAM, path], ENVIRONMENT)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.wait("View all users")

    def pump(self, seconds):
        """Takes what comes within a time; False at the end."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return True
        try:
            self.output += os.read(self.terminal, 1 << 16)
            return True
        except OSError:
            return False

    def text(self):
        """What was written, without the control sequences."""
        return re.sub(rb"\x1b[\[(][0-9;?]*[A-Za-z]", b" ", self.output).decode(errors="replace")

    def wait(self, words):
        """Waits until words were painted after what was typed last."""
        end = time.monotonic() + PATIENCE
        while words not in self.text():
            if not self.pump(0.05) or time.monotonic() > end:
                raise AssertionError(f"{words} did not come:\n{self.text()[-4000:]}")

    def type(self, keys):
        self.output = b""
        os.write(self.terminal, keys.encode())

    def confirm(self):
        """Answers the confirmation as a person does: reads it, then presses y."""
        read = time.monotonic() + 0.35
        while time.monotonic() < read:
            self.pump(0.05)
        self.type("y")

    def grant(self, user, company):
        """Add companies: picks the user, ticks the company, and confirms."""
        self.type(f"4{user}\r/{company}\r \r")
        self.wait("y / Esc")
        self.confirm()
        self.wait("Granted")

    def leave(self):
        self.type("\x03")
        end = time.monotonic() + PATIENCE
        while self.pump(0.05):
            assert time.monotonic() < end, "the desk does not end:\n" + self.text()
        os.close(self.terminal)
        assert os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1]) == 130
