"""A large file of version 1 is upgraded, and killed: it is as before or upgraded, never between."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import time

import commands
import database
import program
import sweep

# How many grants, and how many kills of each kind in each journal mode.
GRANTS, KILLS = 1_000_000, 100
SAMPLED_GRANTS, SAMPLED_KILLS = 100_000, 4
COMPANIES = 250
PATIENCE = 600

# Everything that version 1 would have written for one change that grants all new pairs, and for one
# that took a tenth of them away.
LARGE = """
    BEGIN;
    INSERT INTO company_access_change VALUES
      (55, '2026-11-27 02:00:00.000', 'maria@hq', 'command', 'bulk-grant', NULL, {pairs}, 0, NULL),
      (56, '2026-11-27 02:00:01.000', 'maria@hq', 'command', 'revoke', NULL, 0, {pairs} / 10, NULL);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {users})
    INSERT INTO hrm_users (id, username, is_active, created_at, modified_at)
    SELECT 1000 + i, 'u' || i, 1, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000' FROM n;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {companies})
    INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at)
    SELECT printf('%032x', i), 'Company ' || i, 'C' || i, 1, '2026-01-01 00:00:00.000',
      '2026-01-01 00:00:00.000' FROM n;
    INSERT INTO hrm_user_company_access
    SELECT printf('%032x', u.id * 1000000 + c.rowid), u.id, c.id, '2026-11-27 02:00:00.000',
      '2026-11-27 02:00:00.000', 55
    FROM hrm_users AS u, hrm_company AS c WHERE u.id > 1000 AND length(ltrim(c.id, '0')) < 4;
    UPDATE company_access_now SET change_id = 56;
    DELETE FROM hrm_user_company_access WHERE change_id = 55 AND rowid % 10 = 0;
    UPDATE company_access_now SET change_id = NULL;
    UPDATE company_access_change SET removed = (
      SELECT count(*) FROM company_access_history WHERE ended_change = 56) WHERE id = 56;
    COMMIT;"""


def run(table, pool, chosen, options):
    """Kills the upgrade at moments spread over its time, and at writes spread over all of them.

    Most of the time goes by before the first write of the database; the writes reach the journal and
    the commit.
    """
    grants, kills = (GRANTS, KILLS) if options.full else (SAMPLED_GRANTS, SAMPLED_KILLS)
    for mode in ("delete", "wal"):
        judge = Judge(grants, mode)
        print(f"upgrade of {grants:,} grants, {mode}: {judge.seconds:.1f} seconds, "
              f"{len(judge.writes)} writes", flush=True)
        # A little longer than it takes alone: several run at once.
        moments = [1.2 * judge.seconds * (i + chosen.random()) / kills for i in range(kills)]
        work = [(judge, moment) for moment in moments]
        count(table, f"upgrade of version 1, {mode}: kill in time", pool.starmap(at_moment, work))
        if shutil.which("strace"):
            step = len(judge.writes) / kills
            writes = [judge.writes[int((i + chosen.random()) * step)] for i in range(kills)]
            work = [(judge, write) for write in writes]
            count(table, f"upgrade of version 1, {mode}: kill at a write",
                  pool.starmap(at_write, work))


def count(table, name, outcomes):
    problems = [problem for _, _, problem in outcomes if problem]
    halfway = sum(1 for has_log, _, _ in outcomes if has_log)
    upgraded = sum(1 for _, is_after, _ in outcomes if is_after)
    note = f"{halfway} left a journal or log, {upgraded} were upgraded"
    table.add(name, len(outcomes), problems, note)


def at_moment(judge, seconds):
    return judge.try_with(["/usr/bin/timeout", "-s", "KILL", f"{seconds:.3f}"], f"{seconds:.3f} s")


def at_write(judge, write):
    name, number, what = write
    with program.Folder() as log:
        around = sweep.TRACE + [
            "-o", log.file("trace"), "-e", f"trace={name}",
            "-e", f"inject={name}:signal=KILL:when={number}"]
        return judge.try_with(around, f"{name} {number} ({what})")


class Judge(sweep.Judge):
    """Tells the file before from the file after by the whole text of both."""

    def __init__(self, grants, mode):
        users = grants // COMPANIES

        def prepare(folder):
            commands.version_one(
                folder, LARGE.format(users=users, companies=COMPANIES, pairs=grants)
                + f"PRAGMA journal_mode = {mode};")

        super().__init__(commands.Command("schema upgrade, version 1", commands.UPGRADE, prepare))
        # Those of the copy that is kept, of temporary files, of the journal and of the file.
        self.writes = [
            point for point in self.points if point[0] in ("pwrite64", "fdatasync", "ftruncate")]
        with program.Folder() as folder:
            folder.fill(self.source.path)
            began = time.monotonic()
            program.run(self.command.call(folder.path), patience=PATIENCE)
            self.seconds = time.monotonic() - began
            # What the kills are compared with has to be right itself.
            self.looked_at(folder.file("hrm.db"))

    @staticmethod
    def looked_at(path):
        connection = sqlite3.connect(path)
        connection.text_factory = bytes
        try:
            database.sound(connection)
            database.agreeing(connection)
            if not database.is_guarded(connection):
                raise database.Broken("a trigger is missing after the upgrade")
            database.complete(connection)
        finally:
            connection.close()

    def try_with(self, around, where):
        """Whether a journal or a log was left, whether it is upgraded, and what is wrong."""
        with program.Folder() as folder:
            folder.fill(self.source.path)
            ended = program.run(self.command.call(folder.path), around=around, patience=PATIENCE)
            has_log = any(
                os.path.exists(folder.file("hrm.db" + end))
                and os.path.getsize(folder.file("hrm.db" + end)) > 0 for end in ("-journal", "-wal"))
            is_after, problem = self.outcome(folder, ended)
            return has_log, is_after, problem and f"{where}: {problem}"

    def file(self, path):
        """A digest of the dump, in which what differs from run to run is made the same."""
        if not os.path.exists(path):
            return None
        copy = path + ".looked-at"
        ends = ("", "-journal", "-wal")
        for end in ends:
            if os.path.exists(path + end):
                shutil.copyfile(path + end, copy + end)
        try:
            return self.digest(copy)
        finally:
            for end in ends + ("-shm",):
                if os.path.exists(copy + end):
                    os.unlink(copy + end)

    @staticmethod
    def digest(path):
        sql = """
            UPDATE company_access_setting SET value = NULL WHERE key = 'database';
            UPDATE company_access_change SET at = '' WHERE action = 'upgrade';
            .dump"""
        with subprocess.Popen(
            ["sqlite3", "-batch", "-bail", path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as shell:
            shell.stdin.write("\n".join(line.strip() for line in sql.split("\n")).encode())
            shell.stdin.close()
            digest = hashlib.sha256()
            while piece := shell.stdout.read(1 << 20):
                digest.update(piece)
            words = shell.stderr.read().decode()
        if shell.returncode != 0 or words:
            raise database.Broken(f"SQLite says: {words}")
        return digest.hexdigest()

    def difference(self, one, other):
        return "neither as before nor upgraded"
