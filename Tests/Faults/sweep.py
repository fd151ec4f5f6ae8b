"""A fault at each system call of a command's way to the disk, one at a time."""

import copy
import os
import re

import database
import program

CALLS = (
    "openat,open,creat,write,writev,pwrite64,pwritev,fdatasync,fsync,sync_file_range,ftruncate,"
    "truncate,fallocate,unlink,unlinkat,rename,renameat,renameat2,link,linkat,mkdir,mkdirat,"
    "fchmod,chmod,fchown,copy_file_range,sendfile")
OPENING = {"openat", "open"}
# Once, or from then on: a disk that has failed once may work again or not.
KINDS = {
    "kill": "signal=KILL:when={n}",
    "EIO once": "error=EIO:when={n}",
    "EIO from then on": "error=EIO:when={n}+",
    "ENOSPC once": "error=ENOSPC:when={n}",
    "ENOSPC from then on": "error=ENOSPC:when={n}+",
}
# What commands say when they have done it.
DONE = (
    r"; change \d+|\bchange \d+ is done, but\b|\band is sound\b|\bholds what\b|\btaken away, and|\bhave been added, but\b"
    r"|\bhas brought the triggers back\b"
    r"|((begins|resumes) with|brought over by|sealed by|on the record as) change \d+")
TRACE = ["/usr/bin/strace", "-f"]
# Faster, but strace then forgets the signals that it is to send.
QUICKLY = ["--seccomp-bpf"]


def points(command, folder):
    """The calls that are swept, as (name, which of that name, what it was), and how it ended."""
    log = folder.file("trace")
    ended = program.run(
        command.call(folder.path), around=TRACE + QUICKLY + ["-o", log, "-e", "trace=" + CALLS])
    counts = {}
    found = {}
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            match = re.match(r"(\d+) +(\w+)\((.*)", line)
            if not match:
                continue
            thread, name, rest = match.groups()
            number = counts[thread, name] = counts.get((thread, name), 0) + 1
            if name in OPENING and not re.search(r"O_CREAT|O_WRONLY|O_RDWR", rest):
                continue
            # The counters of threads run apart; the same number in another is the same point.
            found.setdefault((name, number), rest.strip()[:80])
    return [(*point, what) for point, what in found.items()], ended


class Judge:
    """What a command may leave behind: the state before it or the state after it."""

    def __init__(self, command):
        self.command = command
        self.source = program.Folder()
        command.prepare(self.source.path)
        with program.Folder() as folder:
            folder.fill(self.source.path)
            self.before = self.state(folder)
            self.points, ended = points(command, folder)
            if ended.status not in (0, 1):
                raise RuntimeError(f"{command.name} fails without a fault: {ended}")
            self.status = ended.status
            self.after = self.state(folder)
            if command.completes:
                database.state(folder.file("hrm.db"))
        if self.before == self.after:
            raise RuntimeError(f"{command.name} changes nothing")

    def __getstate__(self):
        """For other processes, which need not prepare anything."""
        command = copy.copy(self.command)
        command.prepare = None
        return self.__dict__ | {"command": command}

    def state(self, folder):
        """What each file of the command holds."""
        return {name: self.file(folder.file(name)) for name in self.command.files}

    def file(self, path):
        """What a file holds, in a form that can be compared."""
        return database.state(path, is_complete=not self.command.completes)

    def difference(self, one, other):
        """Where two states differ, in a few words."""
        return "; ".join(
            f"{name}: {database.difference(one[name], other[name])}"
            for name in one if one[name] != other[name])

    def problem(self, folder, ended, is_silenced=False):
        """What is wrong with how it ended and what it left; None if nothing is.

        One that was silenced could not say anything, and only its status counts.
        """
        return self.outcome(folder, ended, is_silenced)[1]

    def outcome(self, folder, ended, is_silenced=False):
        """Whether it has been carried out, and what is wrong, or None."""
        if ended.status is None:
            return False, "hangs"
        try:
            left = self.state(folder)
            for name in os.listdir(folder.path):
                # What was kept of the file as it was must be whole.
                if ".before-" in name and not name.endswith("-journal"):
                    kept = self.file(folder.file(name))
                    if kept != self.before["hrm.db"]:
                        return False, f"{name} is not what was there before; {ended}"
        except database.Broken as error:
            return False, f"{error}; {ended}"
        is_after = left == self.after
        if not is_after and left != self.before:
            return False, f"half done: {self.difference(self.before, left)}; {ended}"
        return is_after, (
            self.false_claim(ended, is_after, is_silenced) or self.next_run(folder, is_after))

    def false_claim(self, ended, is_after, is_silenced):
        says_done = re.search(DONE, ended.text) is not None
        says_not = re.search(r"nothing was (done|imported)|nothing has been", ended.text)
        if ended.status == self.status and not is_after:
            return f"says that it is done, and it is not: {ended}"
        if says_done and not is_after:
            return f"claims what did not happen: {ended}"
        if is_after and says_not:
            return f"denies what did happen: {ended}"
        if is_after and ended.status not in (self.status, 137) and not (says_done or is_silenced):
            return f"fails without a word of what did happen: {ended}"
        return None

    def next_run(self, folder, is_after):
        """The same call without a fault must put everything right."""
        if self.command.output and not is_after and os.path.exists(folder.file(self.command.output)):
            os.unlink(folder.file(self.command.output))
        ended = program.run(self.command.call(folder.path))
        expected = self.command.again if is_after else (self.status,)
        if ended.status not in expected:
            return f"the next run fails: {ended}"
        if is_after:
            return None
        try:
            left = self.state(folder)
        except database.Broken as error:
            return f"after the next run: {error}"
        if left != self.after:
            return f"after the next run: {self.difference(self.after, left)}"
        return None


def sweep(judge, kind, point):
    """Does one point; whether it was reached, and what was wrong then, or None."""
    name, number, what = point
    with program.Folder() as folder, program.Folder() as log:
        folder.fill(judge.source.path)
        fault = f"inject={name}:" + KINDS[kind].format(n=number)
        trace = TRACE + ([] if kind == "kill" else QUICKLY)
        ended = program.run(
            judge.command.call(folder.path),
            around=trace + ["-o", log.file("trace"), "-e", "trace=" + CALLS, "-e", fault])
        # A fault that does not come proves nothing.
        with open(log.file("trace"), encoding="utf-8", errors="replace") as lines:
            mark = "killed by SIGKILL" if kind == "kill" else "(INJECTED)"
            is_reached = any(mark in line for line in lines)
        is_silenced = name == "write" and kind.endswith("from then on")
        problem = judge.problem(folder, ended, is_silenced)
        return is_reached, problem and f"{kind} at {name} {number} ({what}): {problem}"
