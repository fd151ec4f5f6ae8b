"""The desk in a terminal: how soon it shows, what a key costs, what it holds, how it cancels."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

from measure import Line, PROGRAM, Run, copy, paired

# What takes longer than this to come will not come; at the large size much takes a minute.
WAIT_SECONDS = 180


class Desk:
    """The desk under a pseudo-terminal of 80 x 24; what it writes is kept as it comes."""

    # Nothing more comes of a key when the desk has used no processor time for so long.
    quiet = 0.25

    def __init__(self, path):
        self.output = b""
        self.began = time.monotonic()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8")
            os.execv(PROGRAM, [PROGRAM, path])
        size = struct.pack("HHHH", 24, 80, 0, 0)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)
        # The clock of all its threads (clock_getcpuclockid).
        self.clock = (~self.process << 3) | 2

    def processor(self):
        return time.clock_gettime(self.clock)

    def pump(self, seconds):
        """Takes what comes within a time; False when nothing came."""
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        if not ready:
            return False
        try:
            self.output += os.read(self.terminal, 1 << 16)
        except OSError:
            raise RuntimeError("the desk ended:\n" + self.text())
        return True

    def text(self):
        """What was written lately, without the control sequences."""
        return re.sub(rb"\x1b[\[(][0-9;?]*[A-Za-z]", b" ", self.output)[-4000:].decode(
            errors="replace")

    def wait(self, words, since=0, seconds=WAIT_SECONDS):
        """Waits until words were painted; curses writes a line of text in one piece."""
        end = time.monotonic() + seconds
        while words.encode() not in self.output[since:]:
            if not self.pump(0.5) and time.monotonic() > end:
                raise RuntimeError(f"{words} did not come:\n{self.text()}")
        return time.monotonic()

    def settle(self, quiet=None):
        """Waits until nothing more comes of what was typed; gives the processor time by then."""
        used, since = self.processor(), time.monotonic()
        while time.monotonic() - since < (quiet or self.quiet):
            came = self.pump(0.02)
            now = self.processor()
            # Looking after other programs' changes takes less than this.
            if came or now - used > 0.0002:
                since = time.monotonic()
            used = now
        return used

    def rest(self, seconds):
        """Lets time pass, in which the desk may go on."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.pump(0.05)

    def send(self, keys):
        place = len(self.output)
        os.write(self.terminal, keys.encode())
        return place

    def press(self, keys, quiet=None):
        """Presses keys; gives the processor time of all that came of them."""
        before = self.processor()
        self.send(keys)
        return self.settle(quiet) - before

    def memory(self, field="VmRSS"):
        with open(f"/proc/{self.process}/status") as status:
            for line in status:
                if line.startswith(field + ":"):
                    return int(line.split()[1]) / 1024

    def end(self, number=signal.SIGTERM):
        try:
            os.kill(self.process, number)
            while True:
                self.pump(5)
        except (RuntimeError, ProcessLookupError):
            pass
        os.waitpid(self.process, 0)
        os.close(self.terminal)


DOWN, UP, PAGE_DOWN, HOME, END = "\x1b[B", "\x1b[A", "\x1b[6~", "\x1b[H", "\x1b[F"
ESCAPE = "\x1b"


def start(data):
    def first_frame(path):
        desk = Desk(path)
        seconds = desk.wait("View all users") - desk.began
        processor = desk.processor()
        desk.end(signal.SIGKILL)
        return Run(seconds, processor)

    line = Line("start to first frame", 1.3, note="sample.db")
    base = data.base()
    return paired(line, lambda: first_frame(base), lambda: first_frame(data.sample), pairs=15)


def keys(data):
    """Each key in turn at both desks; the first page of users is open and counted."""
    desks = [Desk(data.base()), Desk(data.sample)]
    for desk in desks:
        desk.wait("View all users")
        desk.settle()
        desk.press("1")
        desk.rest(1)
    presses = {
        "Down": (DOWN, ""), "PgDn": (PAGE_DOWN, ""), "End": (END, HOME), "Home": (HOME, END),
        "open a user": ("\r", ESCAPE)}
    for name, (key, back) in presses.items():
        line = Line(f"{name} to painted frame, CPU", 1.5, note="sample.db", measure="processor")

        def press(desk):
            if name == "Home":
                desk.press(END)
            used = desk.press(key)
            if back and name != "Home":
                desk.press(back)
            return Run(0, used)

        yield paired(line, lambda: press(desks[0]), lambda: press(desks[1]), pairs=15)
    for desk in desks:
        desk.end()


# From the menu to each screen and back, with scrolling, filters and orders on the way.
TOUR = [
    "1", DOWN * 30, PAGE_DOWN * 3, END, HOME, "s", "s", "s", "/an", "\r", "\r", END, ESCAPE,
    ESCAPE, ESCAPE, "2", END, "s", "s", "s", "\r", END, ESCAPE, ESCAPE, "3", END, "\r", END,
    ESCAPE, ESCAPE, "4", "\r", " ", DOWN, " ", "\r", "r", ESCAPE, ESCAPE, ESCAPE, ESCAPE, ESCAPE,
    "5", "\r", ESCAPE, ESCAPE, "6", ESCAPE, "7", DOWN * 5, "\r", END, ESCAPE, ESCAPE, "l", DOWN,
    "\r", END, ESCAPE, ESCAPE, "c", "\r", END, "w", ESCAPE, ESCAPE, ESCAPE, "?", ESCAPE]


def memory(data):
    def tour(path):
        desk = Desk(path)
        desk.wait("View all users")
        for key in TOUR:
            desk.press(key, quiet=0.06)
        # An idle desk gives back what it does not need.
        desk.rest(1.5)
        run = Run(time.monotonic() - desk.began, desk.processor(), desk.memory())
        desk.end()
        return run

    line = Line("memory of the desk after visiting every screen", 1.3, note="sample.db",
                measure="memory")
    return paired(line, lambda: tour(data.base()), lambda: tour(data.sample), pairs=5)


def cancel(data, name, source, keys_to_question, goes_on, after):
    """Esc while a write runs, against the shell taking back what a killed desk left behind."""
    work = data.path("work.db")

    def begin():
        copy(source, work)
        desk = Desk(work)
        desk.wait("View all users")
        desk.settle()
        place = desk.send(keys_to_question)
        desk.wait("then press y:", place)
        desk.settle()
        pairs = re.search(r"Type ([0-9]+)", desk.text()).group(1)
        desk.send(pairs)
        desk.settle()
        # A confirmation counts only when it has been on the screen for a while.
        desk.rest(0.4)
        place = desk.send("y")
        desk.wait(goes_on, place)
        desk.rest(after)
        return desk

    def escaped():
        desk = begin()
        began = time.monotonic()
        place = desk.send(ESCAPE)
        run = Run(desk.wait("nothing was changed", place) - began, 0)
        desk.end()
        return run

    def killed():
        desk = begin()
        desk.end(signal.SIGKILL)
        began = time.monotonic()
        subprocess.run(["sqlite3", work, "SELECT count(*) FROM sqlite_schema"],
                       stdout=subprocess.DEVNULL, check=True)
        return Run(time.monotonic() - began, 0)

    line = Line(f"cancel {name}", 0.5, difference=True,
                note="the rollback, by the shell after a kill at the same time")
    return paired(line, escaped, killed, pairs=5)


def read_cancel(data):
    """Leaving statistics that are being counted."""
    desk = Desk(data.base())
    desk.wait("View all users")
    desk.settle()

    def leave(screen):
        place = desk.send(screen)
        desk.rest(0.3)
        began = time.monotonic()
        place = desk.send(ESCAPE)
        seconds = desk.wait("View all users", place) - began
        desk.settle()
        return Run(seconds, 0)

    line = Line("cancel statistics, back on the menu", 0.5, difference=True, note="leaving help")
    result = paired(line, lambda: leave("7"), lambda: leave("?"), pairs=5)
    desk.end()
    return result


def lines(data):
    large = data.sizes.largest
    bulk = data.sizes.bulk
    seconds = 3 if data.name == "large" else 0.02
    Desk.quiet = 0.25 if data.name == "large" else 0.12
    yield "desk-start", lambda: start(data)
    yield "desk-keys", lambda: list(keys(data))
    yield "desk-memory", lambda: memory(data)
    yield "desk-cancel-reading", lambda: read_cancel(data)
    yield "desk-cancel-bulk", lambda: cancel(
        data, "a bulk grant", data.empty(large), "6", "Writing", seconds)
    yield "desk-cancel-undo", lambda: cancel(
        data, "an undo", data.full(bulk), "lu", "Writing", seconds)
