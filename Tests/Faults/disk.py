"""A file system with little room, or none: what does not fit must not have happened."""

import os
import shutil
import sqlite3
import subprocess

import commands
import database
import program
import sweep

SIZE = 128 * 1024
USERS, COMPANIES = 120, 40


def run(table, pool, chosen, options):
    """Fills a small file system step by step, and writes in what is left."""
    folder = program.Folder("/tmp")
    with folder:
        if not mount(folder.path):
            return table.skipped("full disk", "mounting is not possible here")
        try:
            step = 4_096 if options.full else 16_384
            problems = []
            swept = full = 0
            for command in small_commands():
                judge = SmallJudge(command, folder)
                for free in range(0, SIZE, step):
                    swept += 1
                    problem, is_full = judge.try_with(free)
                    full += is_full
                    if problem:
                        problems.append(f"{command.name} with {free} bytes free: {problem}")
            table.add("full disk of 128 kB", swept, problems, f"{full} did not fit")
        finally:
            subprocess.run(["umount", folder.path], check=False)


def mount(path):
    if os.geteuid() != 0:
        return False
    words = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", path]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def small_commands():
    return [
        commands.Command("grant", ["grant", "u7", "C1", "C2"], prepare=small),
        commands.Command("bulk-grant", ["bulk-grant", "--yes"], prepare=small),
        commands.Command("revoke", ["revoke", "u1", "--all", "--yes"], prepare=small),
    ]


def small(folder):
    """A database of small pages, so that there is room for it beside its journal."""
    path = os.path.join(folder, "hrm.db")
    ended = program.run(["init", path])
    if ended.status != 0:
        raise RuntimeError(f"init: {ended}")
    connection = sqlite3.connect(path)
    connection.executescript(f"""
        PRAGMA page_size = 512; VACUUM;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {USERS})
        INSERT INTO hrm_users (username, is_active, created_at, modified_at)
        SELECT 'u' || i, 1, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000' FROM n;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {COMPANIES})
        INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at)
        SELECT printf('%032x', i), 'Company ' || i, 'C' || i, 1, '2026-01-01 00:00:00.000',
          '2026-01-01 00:00:00.000' FROM n;""")
    connection.close()
    for company in ("C1", "C2", "C3"):
        program.run(["--db", path, "grant", "u1", company])


class SmallJudge:
    """Carries out a command on a file system with so many bytes free, and judges it there."""

    def __init__(self, command, folder):
        self.judge = sweep.Judge(command)
        self.folder = folder

    def try_with(self, free):
        self.folder.fill(self.judge.source.path)
        ballast = self.folder.file("ballast")
        space = os.statvfs(self.folder.path)
        left = space.f_bavail * space.f_frsize - free
        if left > 0:
            with open(ballast, "wb") as file:
                file.write(bytes(left))
        ended = program.run(self.judge.command.call(self.folder.path))
        listing = program.run(["--db", self.folder.file("hrm.db"), "users", "--limit", "3"])
        if listing.status != 0:
            return f"cannot list any more: {listing}", False
        if ended.status not in (0, 74):
            return f"neither done nor full: {ended}", False
        with program.Folder() as other:
            for name in os.listdir(self.folder.path):
                if name != "ballast":
                    shutil.copyfile(self.folder.file(name), other.file(name))
            return self.judge.problem(other, ended), ended.status == 74
