"""PostgreSQL: our commands against psql doing the same work, on a private server that ends with the run.

The server keeps what a default one keeps of durability (fsync, synchronous_commit), because that is part
of what a write costs an application.
"""

import glob
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from measure import PROGRAM, Line, Run, ours, paired, run
from past import Probe

ACCESS = "hrm_user_company_access"
# A constant, which costs psql nothing.
NOW = "'2026-11-20 12:00:00.000'"
NOBODY = 65534


@dataclass
class Sizes:
    users: int
    companies: int
    grants: int
    # Users and companies for all pairs of which access is granted at once.
    bulk: tuple
    # How often the application writes one row.
    singles: int


SIZES = {
    "small": Sizes(2_000, 200, 20_000, (1_000, 100), 200),
    "large": Sizes(10_000, 500, 100_000, (1_000, 1_000), 1_000),
}


class Server:
    """A server on a Unix socket only, in a folder that goes with it."""

    def __init__(self, name):
        self.sizes = SIZES[name]
        self.folder = tempfile.mkdtemp(prefix="ca-bench-", dir="/tmp")
        self.programs = sorted(
            glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))[-1]
        if os.getuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
        self.data = os.path.join(self.folder, "data")
        self.control(["initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "--encoding=UTF8",
                      "--locale=C.UTF-8"])
        settings = " ".join(f"-c {word}" for word in [
            "listen_addresses=''", f"unix_socket_directories='{self.folder}'", "shared_buffers=256MB",
            "max_wal_size=4GB", "autovacuum=off", "jit=off", "dynamic_shared_memory_type=mmap"])
        self.control(["pg_ctl", "-D", self.data, "-l", f"{self.folder}/log", "-w", "-o", settings, "start"])

    def control(self, words):
        become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        command = (become if os.getuid() == 0 else []) + [f"{self.programs}/{words[0]}"] + words[1:]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def end(self):
        try:
            self.control(["pg_ctl", "-D", self.data, "-m", "immediate", "stop"])
        finally:
            shutil.rmtree(self.folder)

    def url(self, name):
        return f"postgres://postgres@/{name}?host={self.folder}"

    def psql(self, name, sql, *options):
        words = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *options]
        return run([*words, self.url(name)], sql)

    def answer(self, name, sql):
        return self.psql(name, sql, "-A", "-t").output.strip()

    def kept(self, name, make):
        """A database that is made if it is not there, with figures of its tables."""
        isThere = self.answer("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{name}'")
        if not isThere:
            print(f"  making {name}", file=sys.stderr, flush=True)
            self.psql("postgres", f"CREATE DATABASE {name} TEMPLATE template0")
            make(name)
            self.psql(name, "VACUUM ANALYZE")
            self.psql("postgres", "CHECKPOINT")
        return name

    def copy(self, source, target="work"):
        """A fresh copy, written to the disk so that nobody pays for it later."""
        self.psql("postgres", f"DROP DATABASE IF EXISTS {target}")
        self.psql("postgres", f"CREATE DATABASE {target} TEMPLATE {source}")
        self.psql("postgres", "CHECKPOINT")
        return self.url(target)

    def generate(self, name, users, companies, grants):
        run([PROGRAM, "generate", self.url(name), "--users", str(users), "--companies", str(companies),
             "--grants", str(grants), "--seed", "7"])

    def base(self):
        """The grants now, and a few changes since most of them were made."""
        sizes = self.sizes

        def make(name):
            self.generate(name, sizes.users, sizes.companies, sizes.grants)
            for part in (7, 3):
                self.psql(name, f"DELETE FROM {ACCESS} WHERE user_id % 11 = {part}")

        return self.kept("base", make)

    def empty(self):
        """Users and companies without a grant."""
        users, companies = self.sizes.bulk
        return self.kept("empty", lambda name: self.generate(name, users, companies, 0))

    def bare(self, source):
        """The same without our triggers and the record: what a plain statement costs there is not ours."""

        def make(name):
            self.psql("postgres", f"DROP DATABASE {name}")
            self.psql("postgres", f"CREATE DATABASE {name} TEMPLATE {source}")
            self.psql(name, "DROP SCHEMA company_access CASCADE")

        return self.kept(f"bare_{source}", make)


# Ids in the order of time, as ours are.
INSERT = f"""
    INSERT INTO {ACCESS} (id, user_id, company_id, created_at, modified_at)
    SELECT ('019a9f3c2d1070008' || lpad(to_hex(u.id * 100000 + c.n), 15, '0'))::uuid, u.id, c.id,
      {NOW}, {NOW}"""
COMPANIES = "(SELECT id, name, code, row_number() OVER (ORDER BY id) AS n FROM hrm_company)"


def check(server):
    name = server.base()
    user = server.answer(name, "SELECT username FROM hrm_users ORDER BY id LIMIT 1 OFFSET 500")
    company = server.answer(name, "SELECT code FROM hrm_company ORDER BY id LIMIT 1 OFFSET 77")
    sql = f"""
        SELECT EXISTS (SELECT 1 FROM {ACCESS} WHERE user_id = (
            SELECT id FROM hrm_users WHERE username = '{user}')
          AND company_id = (SELECT id FROM hrm_company WHERE code = '{company}'));"""
    line = Line("check as a command", 1.6, note="psql, the same SELECT")
    return paired(
        line, lambda: ours(server.url(name), "check", user, company, expect=(0, 1)),
        lambda: server.psql(name, sql), pairs=15)


EVERY_FIGURE = f"""
    BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SELECT (SELECT count(*) FROM hrm_users), (SELECT count(*) FROM hrm_company);
    SELECT n, count(*) FROM (SELECT count(*) AS n FROM {ACCESS} GROUP BY user_id) AS g GROUP BY n;
    SELECT c.id, c.name, g.n FROM (
      SELECT company_id, count(*) AS n FROM {ACCESS} GROUP BY company_id ORDER BY n DESC LIMIT 10
      ) AS g JOIN hrm_company AS c ON c.id = g.company_id;
    SELECT count(*) FROM hrm_company AS c WHERE NOT EXISTS (
      SELECT 1 FROM {ACCESS} AS a WHERE a.company_id = c.id);
    SELECT count(*) FROM hrm_users AS u WHERE NOT u.is_active AND EXISTS (
      SELECT 1 FROM {ACCESS} AS a WHERE a.user_id = u.id);
    COMMIT;"""

SORTED = f"""
    SELECT u.id, u.username, u.full_name, g.n FROM (
      SELECT user_id, count(*) AS n FROM {ACCESS} GROUP BY user_id
      ORDER BY n DESC, user_id DESC LIMIT 50) AS g JOIN hrm_users AS u ON u.id = g.user_id
    ORDER BY g.n DESC, u.id DESC;"""

PAGE = f"""
    SELECT u.id, u.username, u.full_name, u.email, r.name, u.is_active,
      (SELECT count(*) FROM {ACCESS} AS a WHERE a.user_id = u.id)
    FROM hrm_users AS u LEFT JOIN hrm_role AS r ON r.id = u.role_id
    ORDER BY u.username COLLATE "C", u.id LIMIT 50;
    SELECT count(*) FROM hrm_users;"""


def read(server, work, words, sql, note):
    name = server.base()
    line = Line(work, 1.15, note=note)
    return paired(
        line, lambda: ours(server.url(name), *words), lambda: server.psql(name, sql), pairs=15)


def bulk(server):
    users, companies = server.sizes.bulk
    empty = server.empty()
    bare = server.bare(empty)

    def mine():
        return ours(server.copy(empty), "bulk-grant", "--yes")

    def plain():
        server.copy(bare)
        return server.psql("work", f"{INSERT} FROM hrm_users AS u CROSS JOIN {COMPANIES} AS c;")

    line = Line(f"bulk grant {users:,} x {companies:,} with the record", 1.5,
                note="plain INSERT..SELECT without a record")
    return paired(line, mine, plain)


def imported(server):
    users, companies = server.sizes.bulk
    empty = server.empty()
    bare = server.bare(empty)
    pairs = os.path.join(server.folder, "pairs.csv")
    names = server.answer(empty, f"""
        SELECT format('%s,%s', u.username, c.code) FROM hrm_users AS u CROSS JOIN hrm_company AS c
        ORDER BY u.id, c.id""")
    with open(pairs, "w") as file:
        file.write("user,company\n" + names + "\n")

    def mine():
        return ours(server.copy(empty), "import", pairs, "--yes")

    def plain():
        server.copy(bare)
        return server.psql("work", f"""
            CREATE TEMP TABLE pair (username text, company text);
            \\copy pair FROM '{pairs}' (FORMAT csv, HEADER)
            ANALYZE pair;
            {INSERT} FROM pair AS p JOIN hrm_users AS u ON u.username = p.username
            JOIN {COMPANIES} AS c ON c.code = p.company;""")

    line = Line(f"import of {users * companies:,} pairs", 1.5, note="COPY and INSERT without a record")
    result = paired(line, mine, plain)
    assert server.answer("work", f"SELECT count(*) FROM {ACCESS}") == str(users * companies)
    os.unlink(pairs)
    return result


def expected(server):
    """Every pair as a list of its user."""
    users, companies = server.sizes.bulk
    empty = server.empty()
    full = server.kept("granted", lambda name: (
        server.psql("postgres", f"DROP DATABASE {name}"),
        server.psql("postgres", f"CREATE DATABASE {name} TEMPLATE {empty}"),
        ours(server.url(name), "bulk-grant", "--yes")))
    lists = os.path.join(server.folder, "expected.txt")
    pairs = os.path.join(server.folder, "pairs.csv")
    ours(server.url(full), "expect", "--write", lists)
    with open(pairs, "w") as file:
        file.write("user,company\n" + server.answer(full, f"""
            SELECT format('%s,%s', u.username, c.code) FROM {ACCESS} AS a
            JOIN hrm_users AS u ON u.id = a.user_id JOIN hrm_company AS c ON c.id = a.company_id""") + "\n")
    join = f"""
        CREATE TEMP TABLE pair (username text, company text);
        \\copy pair FROM '{pairs}' (FORMAT csv, HEADER)
        ANALYZE pair;
        SELECT count(*) FROM pair AS p JOIN hrm_users AS u ON u.username = p.username
        JOIN hrm_company AS c ON c.code = p.company
        WHERE NOT EXISTS (SELECT 1 FROM {ACCESS} AS a WHERE a.user_id = u.id AND a.company_id = c.id);"""
    line = Line(f"expect: {users * companies:,} grants as lists", 3, note="COPY and the join")
    result = paired(
        line, lambda: ours(server.url(full), "expect", lists), lambda: server.psql(full, join))
    os.unlink(pairs)
    os.unlink(lists)
    return result


def past(server):
    """The first page of users with their numbers of companies, of an earlier moment."""
    name = server.base()
    moment = server.answer(name, """
        SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') FROM company_access.change
        ORDER BY id DESC LIMIT 1 OFFSET 2""")
    probe = Probe(server.url(name))
    repeat = 200

    def mine():
        # The milliseconds of one page, as if they were seconds.
        asked = probe.ask("users", str(repeat), moment)
        return Run(asked.seconds / repeat * 1000, asked.processor / repeat * 1000)

    mine()
    line = Line("page of users as of, library, 1,000 pages", 5, difference=True, note="nothing")
    result = paired(line, mine, lambda: Run(0, 0), pairs=9)
    probe.end()
    return result


def singles(server, what, statement):
    """What one write of the application costs more, each in a transaction of its own."""
    base = server.base()
    bare = server.bare(base)
    count = server.sizes.singles

    def measure(source):
        server.copy(source)
        free = f"""
            SELECT u.id AS u, c.id AS c, c.n FROM hrm_users AS u CROSS JOIN {COMPANIES} AS c
            WHERE NOT EXISTS (SELECT 1 FROM {ACCESS} AS a WHERE a.user_id = u.id AND a.company_id = c.id)
            ORDER BY u.id, c.id LIMIT {count}"""
        script = server.answer("work", statement.format(free=free, count=count))
        measured = server.psql("work", script)
        return Run(measured.seconds / count * 1000, measured.processor / count * 1000)

    line = Line(f"1,000 {what} of the application", 0.5, difference=True,
                note="without the record; ms for one")
    return paired(line, lambda: measure(base), lambda: measure(bare))


SINGLE = {
    "single inserts": f"""
        SELECT format('INSERT INTO {ACCESS} (id, user_id, company_id, created_at, modified_at) VALUES '
          '(%L, %s, %L, {NOW.replace("'", "''")}, {NOW.replace("'", "''")});',
          gen_random_uuid(), f.u, f.c) FROM ({{free}}) AS f""",
    "single deletions": f"""
        SELECT format('DELETE FROM {ACCESS} WHERE id = %L;', id) FROM {ACCESS}
        ORDER BY user_id, company_id LIMIT {{count}}""",
    "single renamings": """
        SELECT format('UPDATE hrm_users SET username = %L WHERE id = %s;', 'renamed ' || id, id)
        FROM hrm_users ORDER BY id LIMIT {count}""",
}


def lines(server):
    yield "check", lambda: check(server)
    yield "stats", lambda: read(
        server, "statistics, all figures", ["stats"], EVERY_FIGURE, "psql, each by its best statement")
    yield "list", lambda: read(
        server, "users, first page", ["users", "--limit", "50"], PAGE, "psql, the same page")
    yield "sorted", lambda: read(
        server, "users by number of companies, first page",
        ["users", "--sort", "-companies", "--limit", "50"], SORTED, "psql, GROUP BY and LIMIT first")
    yield "bulk", lambda: bulk(server)
    yield "import", lambda: imported(server)
    yield "expect", lambda: expected(server)
    yield "past", lambda: past(server)
    for what, statement in SINGLE.items():
        yield what.replace(" ", "-"), lambda what=what, statement=statement: singles(server, what, statement)
