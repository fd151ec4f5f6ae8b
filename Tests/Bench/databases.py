"""The databases that are measured, made once and kept."""

import hashlib
import os
import shutil
import sys
from dataclasses import dataclass

from measure import PROGRAM, answer, remove, run, shell

ACCESS = "hrm_user_company_access"


@dataclass
class Sizes:
    users: int
    companies: int
    grants: int
    # Users and companies for all pairs of which access is granted at once.
    bulk: tuple
    largest: tuple
    # Users and companies of whose pairs half are granted, for other programs' writes.
    half: tuple


SIZES = {
    "small": Sizes(10_000, 500, 100_000, (1_000, 100), (2_000, 100), (4_000, 100)),
    "large": Sizes(1_000_000, 10_000, 10_000_000, (1_000, 1_000), (10_000, 1_000), (1_000, 1_000)),
}
# How many rows another program writes at once.
MANY = 100_000


def schema_digest(path):
    """Eight digits that change with any table, trigger or index of ours."""
    schema = answer(path, "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)")
    return hashlib.sha256(schema.encode()).hexdigest()[:8]


def remove_older(folder, name, present):
    """Removes the kept databases of another schema: the program refuses to write into them."""
    for entry in os.listdir(folder):
        path = os.path.join(folder, entry)
        if entry.split("-")[0] == name and path != present:
            shutil.rmtree(path)


class Databases:
    def __init__(self, name):
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        folder = os.environ.get("COMPANY_ACCESS_BENCH") or os.path.join(cache, "company-access")
        os.makedirs(folder, exist_ok=True)
        sample = os.path.join(folder, "sample.db")
        remove(sample)
        run([PROGRAM, "init", sample, "--sample"])
        self.folder = os.path.join(folder, f"{name}-{schema_digest(sample)}")
        remove_older(folder, name, self.folder)
        os.makedirs(self.folder, exist_ok=True)
        self.sizes = SIZES[name]
        self.name = name
        self.sample = self.path("sample.db")
        os.replace(sample, self.sample)

    def path(self, name):
        return os.path.join(self.folder, name)

    def kept(self, name, make):
        """A database that is made if it is not there from an earlier run."""
        path = self.path(name)
        if not os.path.exists(path):
            print(f"  making {path}", file=sys.stderr, flush=True)
            remove(path + ".new")
            make(path + ".new")
            os.rename(path + ".new", path)
        return path

    @staticmethod
    def generate(path, users, companies, grants):
        return run([
            PROGRAM, "generate", path, "--users", str(users), "--companies", str(companies),
            "--grants", str(grants), "--seed", "7"])

    def base(self):
        """All the grants now, a tenth as many that have ended, and a few changes since."""
        return self.kept("base.db", self._make_base)

    def _make_base(self, path):
        sizes = self.sizes
        ended = sizes.grants // 10
        self.generate(path, sizes.users, sizes.companies, sizes.grants + ended)
        # Spread over all users, and then a few of one user.
        for where in ("rowid % 11 = 5", f"rowid IN (SELECT rowid FROM {ACCESS} LIMIT 50)"):
            count = f"(SELECT count(*) FROM {ACCESS} WHERE {where})"
            shell(path, change("revoke", 0, count) + f"""
                UPDATE company_access_now SET change_id = {NEWEST};
                DELETE FROM {ACCESS} WHERE {where};
                UPDATE company_access_now SET change_id = NULL;
                COMMIT;""")

    def empty(self, size):
        """Users and companies without a grant."""
        users, companies = size
        return self.kept(
            f"empty-{users}x{companies}.db",
            lambda path: self.generate(path, users, companies, 0))

    def full(self, size):
        """Every pair of them, granted by one change."""
        users, companies = size

        def make(path):
            self.generate(path, users, companies, 0)
            # Taking everything from those whose role is to have everything would have to be confirmed.
            shell(path, "UPDATE hrm_users SET role_id = (SELECT id FROM hrm_role WHERE name = 'Employee');")
            run([PROGRAM, "--db", path, "bulk-grant", "--yes"])

        return self.kept(f"full-{users}x{companies}.db", make)

    def half(self):
        """Half of all pairs, and tables that name others that are granted and that are not."""
        users, companies = self.sizes.half

        def make(path):
            self.generate(path, users, companies, users * companies // 2)
            shell(path, f"""
                CREATE TABLE bench_free (id, user_id, company_id);
                INSERT INTO bench_free
                SELECT {NEW_ID}, u.id, c.id FROM hrm_users AS u CROSS JOIN hrm_company AS c
                WHERE NOT EXISTS (
                  SELECT 1 FROM {ACCESS} AS a WHERE a.user_id = u.id AND a.company_id = c.id)
                LIMIT {MANY};
                CREATE TABLE bench_granted (user_id, company_id);
                INSERT INTO bench_granted
                SELECT user_id, company_id FROM {ACCESS} ORDER BY user_id, company_id LIMIT {MANY};
                """)
            for table in ("bench_free", "bench_granted"):
                count = answer(path, f"SELECT count(*) FROM {table}")
                assert count == str(MANY), f"{table} has {count} rows"

        return self.kept(f"half-{users}x{companies}.db", make)

    def bare(self, path):
        """A database without our triggers: what a plain statement costs there is not ours."""

        def make(bare):
            shutil.copyfile(path, bare)
            names = answer(bare, """
                SELECT name FROM sqlite_schema WHERE type = 'trigger'
                AND name LIKE 'company!_access!_%' ESCAPE '!'""").split()
            assert names, f"{path} has no triggers"
            shell(bare, "".join(f"DROP TRIGGER {name};" for name in names))

        return self.kept("bare-" + os.path.basename(path), make)

    def packed(self, path):
        """A copy without free pages."""
        return self.kept(
            "packed-" + os.path.basename(path),
            lambda packed: shell(path, f"VACUUM INTO '{packed}';"))

    def version_one(self):
        """The same users, companies and grants as in `base` as version 1 kept them, packed."""
        return self.kept("version-one.db", lambda path: make_version_one(self.base(), path))


def change(action, added, removed):
    """Begins a transaction with a change on the record."""
    return f"""
        BEGIN IMMEDIATE;
        INSERT INTO company_access_change (at, actor, origin, action, added, removed)
        SELECT strftime('%Y-%m-%d %H:%M:%f', 'now'), 'shell', 'command', '{action}', {added},
          {removed};"""


# Ids in the order of time, as ours are, from the numbers of the rows.
NEW_ID = "printf('019a9f3c2d1070008%015x', u.id * 100000 + c.rowid)"
NEWEST = "(SELECT max(id) FROM company_access_change)"
# A constant, which costs the shell nothing.
NOW = "'2026-11-20 12:00:00.000'"


def insert_all(conflict=""):
    """The plain statement: every company to every user, users outside."""
    return f"""
        INSERT{conflict} INTO {ACCESS} (id, user_id, company_id, created_at, modified_at)
        SELECT {NEW_ID}, u.id, c.id, {NOW}, {NOW}
        FROM (SELECT id FROM hrm_users ORDER BY id) AS u
        CROSS JOIN (SELECT id, rowid FROM hrm_company ORDER BY id) AS c;"""

# The tables of a file of version 1; no program of that version is left to make one.
VERSION_ONE = os.path.join(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "CompanyAccessTests", "Upkeep",
    "VersionOne", "version-one.sql")

FROM_BASE = """
    INSERT INTO hrm_role SELECT * FROM base.hrm_role;
    INSERT INTO hrm_users SELECT * FROM base.hrm_users;
    INSERT INTO hrm_company SELECT * FROM base.hrm_company;
    INSERT INTO hrm_employee SELECT * FROM base.hrm_employee;
    INSERT INTO company_access_change
    SELECT id, at, actor, origin, action, reason, added, removed, undoes
    FROM base.company_access_change;
    INSERT INTO hrm_user_company_access
    SELECT a.id, a.user_id, a.company_id, a.created_at, a.modified_at, g.began_change
    FROM base.hrm_user_company_access AS a
    CROSS JOIN base.company_access_user_lifetime AS u
      ON u.key = a.user_id AND u.ended_change IS NULL
    CROSS JOIN base.company_access_company_lifetime AS c
      ON c.key = a.company_id AND c.ended_change IS NULL
    CROSS JOIN base.company_access_current_grant AS g
      ON g.user_lifetime = u.lifetime AND g.company_lifetime = c.lifetime;
    INSERT INTO company_access_history
    SELECT g.id, u.key, c.key, g.created_at, g.modified_at, g.began_change, g.ended_change
    FROM base.company_access_ended_grant AS g
    CROSS JOIN base.company_access_user_lifetime AS u ON u.lifetime = g.user_lifetime
    CROSS JOIN base.company_access_company_lifetime AS c ON c.lifetime = g.company_lifetime;
    """


def make_version_one(base, path):
    """Takes the tables of version 1 from the tests' file, and the rows from a database."""
    full = path + ".full"
    remove(full)
    with open(VERSION_ONE, encoding="utf-8") as file:
        dump = file.read()
    # As it stands, because the text of the tables and triggers has to be that of version 1.
    run(["sqlite3", "-batch", "-bail", full], dump)
    names = answer(full, "SELECT name FROM sqlite_schema WHERE type = 'trigger'").split()
    tables = answer(
        full, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN "
        "('company_access_now', 'company_access_setting') AND name NOT LIKE 'sqlite%'").split()
    shell(full, "PRAGMA foreign_keys = OFF; BEGIN;"
          + "".join(f"DROP TRIGGER {name};" for name in names)
          + "".join(f"DELETE FROM {table};" for table in tables)
          + f"COMMIT; ATTACH '{base}' AS base;" + FROM_BASE
          + "DETACH base;")
    run(["sqlite3", "-batch", "-bail", full], dump[dump.index("CREATE TRIGGER"):dump.rindex("COMMIT")])
    shell(full, f"VACUUM INTO '{path}';")
    remove(full)
