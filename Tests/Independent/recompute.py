"""Recomputes the figures of a report from the raw tables of the record.

It shares nothing with the program: it knows what docs/architecture.md says of the tables, and no more.

    recompute.py DATABASE REPORT

The database is a file, or the URL of one of a PostgreSQL server, which psql reads. Prints what differs, one line each, and exits with 1 then.
"""

import csv
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import datetime


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def dashed(key):
    text = key.hex() if isinstance(key, bytes) else str(key)
    if len(text) == 32 and all(letter in "0123456789abcdefABCDEF" for letter in text):
        return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])
    return text


class File:
    """A file of SQLite."""

    def __init__(self, path):
        self.connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.connection.row_factory = sqlite3.Row

    def table(self, name):
        return [dict(row) for row in self.connection.execute(f"SELECT * FROM {name}")]


class Server:
    """A database of a PostgreSQL server, whose record has a schema of its own."""

    def __init__(self, url):
        self.url = url

    def table(self, name):
        own = name.replace("company_access_", "company_access.", 1)
        query = f"SELECT row_to_json(t) FROM {own} AS t"
        lines = subprocess.run(
            ["psql", "-X", "-A", "-t", "-c", query, self.url], stdout=subprocess.PIPE, text=True, check=True,
            env={**os.environ, "PGTZ": "UTC"}).stdout.splitlines()
        found = [json.loads(line) for line in lines]
        for row in found:
            if "at" in row:
                row["at"] = self.time(row["at"])
        return found

    @staticmethod
    def time(text):
        """A time in UTC as the report has it, with three digits of the second."""
        day, _, fraction = text.removesuffix("+00:00").replace("T", " ").partition(".")
        return f"{day}.{fraction.ljust(3, '0')}"


class Record:
    """What stood after a change, by the rule began <= n < ended."""

    def __init__(self, database):
        self.database = database
        self.changes = self.table("company_access_change")
        self.lives = {kind: self.table(f"company_access_{kind}_lifetime") for kind in ("user", "company")}
        self.edits = {kind: defaultdict(list) for kind in ("user", "company")}
        for kind in self.edits:
            for row in self.table(f"company_access_former_{kind}"):
                self.edits[kind][row["lifetime"]].append(row)
        self.keys = {kind: {row["lifetime"]: row["key"] for row in lives} for kind, lives in self.lives.items()}
        self.current = self.table("company_access_current_grant")
        self.ended = self.table("company_access_ended_grant")

    def table(self, name):
        return self.database.table(name)

    def state(self, kind, life, n):
        """The attributes of a lifetime after a change; None if its row was not there."""
        if (life["began_change"] or 0) > n or (life["ended_change"] or n + 1) <= n:
            return None
        row = life
        if (life["since_change"] or 0) > n:
            later = [old for old in self.edits[kind][life["lifetime"]] if old["ended_change"] > n]
            row = min(later, key=lambda old: old["ended_change"])
        return row if row["present"] else None

    def there(self, kind, n):
        found = {}
        for life in self.lives[kind]:
            state = self.state(kind, life, n)
            if state is not None:
                found[life["key"]] = state
        return found

    def grants(self, n):
        standing = [g for g in self.current if (g["began_change"] or 0) <= n]
        standing += [g for g in self.ended if (g["began_change"] or 0) <= n < g["ended_change"]]
        return [(self.keys["user"][g["user_lifetime"]], self.keys["company"][g["company_lifetime"]]) for g in standing]

    def former(self, n, there):
        """Each grant at n of a user or a company whose life had ended by then, once for each of the two."""
        found = Counter()
        lives = {kind: {life["lifetime"]: life for life in self.lives[kind]} for kind in self.lives}
        heirs = {kind: defaultdict(list) for kind in lives}
        for kind in lives:
            for life in lives[kind].values():
                heirs[kind][life["continues"]].append(life)

        def goes_on(kind, life):
            """Whether the life, or one with which an undo has continued it, had not ended."""
            return (life["ended_change"] or n + 1) > n or any(
                goes_on(kind, heir) for heir in heirs[kind][life["lifetime"]])

        standing = [g for g in self.current if (g["began_change"] or 0) <= n]
        standing += [g for g in self.ended if (g["began_change"] or 0) <= n < g["ended_change"]]
        for grant in standing:
            life = {kind: lives[kind][grant[f"{kind}_lifetime"]] for kind in lives}
            for kind in lives:
                ended = life[kind]["ended_change"]
                if not goes_on(kind, life[kind]):
                    what = "earlier" if life[kind]["key"] in there[kind] else "missing"
                    found[(dashed(life["user"]["key"]), dashed(life["company"]["key"]),
                           str(grant["began_change"] or ""), f"{what} {kind}", str(ended))] += 1
        return found

    def movements(self, first, last):
        """Each grant that began or ended in (first, last]."""
        found = Counter()
        for grant in self.current + self.ended:
            pair = (dashed(self.keys["user"][grant["user_lifetime"]]),
                    dashed(self.keys["company"][grant["company_lifetime"]]))
            if first < (grant["began_change"] or 0) <= last:
                found[(str(grant["began_change"]), "granted") + pair] += 1
            if "ended_change" in grant and first < grant["ended_change"] <= last:
                found[(str(grant["ended_change"]), "ended") + pair] += 1
        return found


def days(later, earlier):
    """Whole days between two times of the record; None if one is missing."""
    if not later or not earlier:
        return None
    one, other = (datetime.fromisoformat(text.split(".")[0]) for text in (earlier, later))
    return (other - one).days


def main(path, folder):
    record = Record(Server(path) if path.startswith("postgres") else File(path))
    with open(f"{folder}/manifest.json", encoding="utf-8") as file:
        manifest = json.load(file)
    figures = manifest["figures"]
    problems = []

    def same(name, found, expected):
        if found != expected:
            problems.append(f"{name}: {found} in the tables, {expected} in the report")

    def time(text):
        return text.replace("T", " ").replace("Z", "")

    last = max(c["id"] for c in record.changes if c["at"] <= time(manifest["to"]))
    first = max((c["id"] for c in record.changes if c["at"] < time(manifest["from"]) and c["id"] <= last), default=0)
    same("as_of", last, manifest["as_of"]["change"])
    users, companies = record.there("user", last), record.there("company", last)
    grants = record.grants(last)
    known = [(user, company) for user, company in grants if user in users and company in companies]
    counts = Counter(user for user, _ in known)
    movements = record.movements(first, last)
    granted = sum(n for key, n in movements.items() if key[1] == "granted")
    ended = sum(n for key, n in movements.items() if key[1] == "ended")
    recomputed = {
        "users": len(users), "companies": len(companies), "grants": len(known),
        "orphan_grants": len(grants) - len(known), "permitted": len(users) * len(companies),
        "users_with_access": len(counts), "users_without_access": len(users) - len(counts),
        "companies_with_users": len({company for _, company in known}),
        "companies_without_users": len(companies) - len({company for _, company in known}),
        "inactive_users_with_access": sum(1 for key in counts if users[key]["active"] == 0),
        "inactive_users": sum(1 for row in users.values() if row["active"] == 0),
        "inactive_companies": sum(1 for row in companies.values() if row["active"] == 0),
        "changes": sum(1 for c in record.changes if first < c["id"] <= last),
        "opening_grants": len(record.grants(first)), "granted": granted, "revoked": ended,
        "closing_grants": len(grants), "opening_users": len(record.there("user", first)),
        "opening_companies": len(record.there("company", first)),
    }
    for name, value in recomputed.items():
        same(name, value, figures[name])
    for kind in ("users", "companies"):
        came = figures[f"{kind}_added"] + figures[f"{kind}_first_known"] - figures[f"{kind}_deleted"]
        same(f"{kind} that came", recomputed[kind] - recomputed[f"opening_{kind}"], came)
    same("opening and movements", recomputed["opening_grants"] + granted - ended, len(grants))

    table = Counter((row["user_id"], row["company_id"]) for row in rows(f"{folder}/access.csv"))
    same("access.csv", sorted((Counter((dashed(u), dashed(c)) for u, c in grants) - table).elements()), [])
    same("access.csv has more", sorted((table - Counter((dashed(u), dashed(c)) for u, c in grants)).elements()), [])
    listed = rows(f"{folder}/movements.csv")
    told = Counter((row["change"], row["event"], row["user_id"], row["company_id"]) for row in listed)
    same("movements.csv", sorted((movements - told).elements()), sorted((told - movements).elements()))
    changes = {str(c["id"]): c for c in record.changes}
    for row in listed:
        change = changes[row["change"]]
        for column in ("actor", "origin", "action", "reason", "ticket", "decided_at"):
            same(f"{column} of movement {row['change']}", change[column] or "", row[column])
        lag = days(change["at"], change["decided_at"])
        same(f"lag_days of movement {row['change']}", "" if lag is None else str(lag), row["lag_days"])
    of = Counter((row["user_id"], row["company_id"], row["change"], row["of"], row["deleted_by_change"])
                 for row in rows(f"{folder}/grants-of-former.csv"))
    same("grants-of-former.csv", record.former(last, {"user": users, "company": companies}), of)
    without = {row["user_id"] for row in rows(f"{folder}/users-without-access.csv")}
    same("users-without-access.csv", {dashed(key) for key in users if key not in counts}, without)
    names = {row["company_id"]: int(row["users"]) for row in rows(f"{folder}/companies.csv")}
    same("companies.csv", {dashed(key): sum(1 for _, c in known if c == key) for key in companies}, names)
    for row in rows(f"{folder}/coverage.csv"):
        same(f"companies of {row['user_id']}",
             next((n for key, n in counts.items() if dashed(key) == row["user_id"]), 0), int(row["companies"]))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
