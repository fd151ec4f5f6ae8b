"""The databases that are measured, made once and kept."""

import os
import sys
from dataclasses import dataclass

from measure import PROGRAM, remove, run, shell

ACCESS = "hrm_user_company_access"


@dataclass
class Sizes:
    users: int
    companies: int
    grants: int
    # Users and companies for all pairs of which access is granted at once.
    bulk: tuple
    largest: tuple


SIZES = {
    "small": Sizes(10_000, 500, 100_000, (1_000, 100), (2_000, 100)),
    "large": Sizes(1_000_000, 10_000, 10_000_000, (1_000, 1_000), (10_000, 1_000)),
}


class Databases:
    def __init__(self, name):
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        folder = os.environ.get("COMPANY_ACCESS_BENCH") or os.path.join(cache, "company-access")
        self.folder = os.path.join(folder, name)
        self.sizes = SIZES[name]
        self.name = name
        os.makedirs(self.folder, exist_ok=True)
        self.sample = self.path("sample.db")
        remove(self.sample)
        run([PROGRAM, "init", self.sample, "--sample"])

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
    """The plain statement: every company to every user, users outside, as one change."""
    return f"""
        INSERT{conflict} INTO {ACCESS} (id, user_id, company_id, created_at, modified_at, change_id)
        SELECT {NEW_ID}, u.id, c.id, {NOW}, {NOW}, {NEWEST}
        FROM (SELECT id FROM hrm_users ORDER BY id) AS u
        CROSS JOIN (SELECT id, rowid FROM hrm_company ORDER BY id) AS c;"""
