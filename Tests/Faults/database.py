"""What a database holds, and whether that can be."""

import os
import re
import shutil
import sqlite3

# What differs from run to run although the same was done.
CLOCK = {"created_at", "modified_at", "at"}
GRANTS = ("hrm_user_company_access", "user_company_access")
OURS_MADE_UP = GRANTS + ("company_access_ended_grant",)
# Images of rows are JSON, with times and made-up ids in it.
MADE_UP = re.compile(
    rb'"(?:created_at|modified_at)":"[^"]*"|"id":"[0-9a-f]{32}"')
# What a file says about itself that differs from run to run.
OWN_SETTINGS = (b"record_begins", b"database")


class Broken(Exception):
    """A database that is in a state in which none may ever be."""


def state(path, is_complete=True):
    """All rows and the schema, without what differs from run to run; None if there is no file.

    Checks what always holds; where the triggers have been there all the time, also that the record is
    complete.

    Looks at a copy, with its journal, so that the program itself has to put the original right.
    """
    if not os.path.exists(path):
        return None
    copy = path + ".looked-at"
    for end in ("", "-journal", "-wal"):
        if os.path.exists(path + end):
            shutil.copyfile(path + end, copy + end)
    try:
        connection = sqlite3.connect(copy)
        connection.text_factory = bytes
        try:
            return read(connection, os.path.dirname(path).encode(), is_complete)
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise Broken(f"SQLite says: {error}") from error
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            if os.path.exists(copy + end):
                os.unlink(copy + end)


def read(connection, folder, is_complete):
    sound(connection)
    tables = [name.decode() for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    grants = next((name for name in GRANTS if name in tables), None)
    if "company_access_current_grant" in tables:
        agreeing(connection)
        if is_complete and grants == "hrm_user_company_access" and is_guarded(connection):
            complete(connection)
    names = companies(connection, tables)

    def plain(value):
        if not isinstance(value, bytes):
            return value
        # Names of files are of this run.
        value = names.get(value, value).replace(folder, b"{folder}")
        value = re.sub(rb"before-([a-z]+)-\d+(-\d+)?", rb"before-\1", value)
        return MADE_UP.sub(b"", value) if value.startswith(b"{") else value

    # The schema of what was there first may stand in another order after a rebuild.
    content = {"": sorted(row for row in connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite_%'"))}
    for table in tables:
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        columns = [column[0] for column in cursor.description]
        left_out = CLOCK | ({"id"} if table in OURS_MADE_UP else set())
        kept = [i for i, column in enumerate(columns) if column not in left_out]
        content[table] = sorted(
            (tuple(plain(row[i]) for i in kept) for row in cursor), key=repr)
    settings = content.get("company_access_setting", [])
    content["company_access_setting"] = [row for row in settings if row[0] not in OWN_SETTINGS]
    return content


def companies(connection, tables):
    """The name of each company by its id, because ids are made up."""
    for table in ("hrm_company", "companies", "company", "businesses"):
        if table in tables:
            return {key: b"company " + name for key, name in connection.execute(
                f'SELECT id, name FROM "{table}"') if isinstance(key, bytes)}
    return {}


def sound(connection):
    """Nothing is damaged, nothing refers to what is not there."""
    answer = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    if answer != [b"ok"]:
        raise Broken(f"integrity: {answer[:3]}")
    orphans = list(connection.execute("PRAGMA foreign_key_check"))
    if orphans:
        raise Broken(f"foreign keys: {orphans[:3]}")


# Every column of the record that holds the number of a change.
NUMBERS = [
    (table, column)
    for table, columns in {
        "user_lifetime": "began_change ended_change since_change",
        "company_lifetime": "began_change ended_change since_change",
        "former_user": "began_change ended_change", "former_company": "began_change ended_change",
        "current_grant": "began_change", "ended_grant": "began_change ended_change",
        "row_image": "change", "change": "undoes",
    }.items()
    for column in columns.split()]


def agreeing(connection):
    """The record says of each change what began and ended with it, and nothing of others.

    What another program did is counted when it is read; what has been pruned cannot be counted any more.
    """
    (pruned,) = connection.execute(
        "SELECT count(*) FROM company_access_change WHERE action = 'prune'").fetchone()
    differs = ">" if pruned else "!="
    wrong = list(connection.execute(f"""
        WITH began(id, n) AS (
          SELECT began_change, count(*) FROM (
            SELECT began_change FROM company_access_current_grant
            UNION ALL SELECT began_change FROM company_access_ended_grant) GROUP BY 1),
        ended(id, n) AS (
          SELECT ended_change, count(*) FROM company_access_ended_grant GROUP BY 1)
        SELECT c.id, c.action, c.added, began.n, c.removed, ended.n
        FROM company_access_change c LEFT JOIN began USING (id) LEFT JOIN ended USING (id)
        WHERE CASE c.origin WHEN 'external' THEN c.added != 0 OR c.removed != 0
          ELSE coalesce(began.n, 0) {differs} c.added OR coalesce(ended.n, 0) {differs} c.removed
          END"""))
    if wrong:
        raise Broken(f"the record disagrees: {wrong[:3]}")
    for table, column in NUMBERS:
        unknown = list(connection.execute(
            f"SELECT {column} FROM company_access_{table} WHERE {column} NOT IN "
            "(SELECT id FROM company_access_change)"))
        if unknown:
            raise Broken(f"{column} of {table} are no changes: {unknown[:3]}")
    turned = [
        (table, *row) for table in ("user_lifetime", "company_lifetime", "former_user",
                                    "former_company", "ended_grant")
        for row in connection.execute(
            f"SELECT began_change, ended_change FROM company_access_{table} "
            "WHERE began_change > ended_change")]
    if turned:
        raise Broken(f"ended before they began: {turned[:3]}")
    open_ = list(connection.execute(
        "SELECT change_id FROM company_access_now WHERE change_id IS NOT NULL"))
    if open_:
        raise Broken(f"a change was left open: {open_}")


# What the tables of `init` say, beside what the record says of it: both must be the same rows.
COMPLETE = {
    "users": (
        "SELECT id, username, full_name, email, role_id, is_active FROM hrm_users",
        "SELECT key, name, full_name, email, role, active FROM company_access_user_lifetime "
        "WHERE ended_change IS NULL AND present"),
    "companies": (
        "SELECT id, name, code, is_active FROM hrm_company",
        "SELECT key, name, code, active FROM company_access_company_lifetime "
        "WHERE ended_change IS NULL AND present"),
    "grants": (
        "SELECT user_id, company_id FROM hrm_user_company_access",
        """SELECT u.key, c.key FROM company_access_current_grant AS g
           JOIN company_access_user_lifetime AS u ON u.lifetime = g.user_lifetime
           JOIN company_access_company_lifetime AS c ON c.lifetime = g.company_lifetime"""),
}
# The triggers that keep the record.
TRIGGERS = 14


def is_guarded(connection):
    """Whether all triggers are there; where one is not, the record may have missed something."""
    (count,) = connection.execute(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' "
        "AND name LIKE 'company\\_access\\_%' ESCAPE '\\'").fetchone()
    return count == TRIGGERS


def complete(connection):
    """The record has each user, company and grant that is there once, and no others.

    This is the comparison of `schema verify`, written again so that one may find the other wrong.
    """
    for what, (there, recorded) in COMPLETE.items():
        there = sorted(connection.execute(there), key=repr)
        recorded = sorted(connection.execute(recorded), key=repr)
        if there != recorded:
            missing = [row for row in there if row not in recorded][:2]
            other = [row for row in recorded if row not in there][:2]
            raise Broken(
                f"{what}, {len(there)} and on the record {len(recorded)}: "
                f"{missing} are missing there, {other} are only there")


def difference(one, other):
    """Where two states differ, in a few words."""
    if one is None or other is None:
        return f"{'nothing' if one is None else 'a file'} became {'nothing' if other is None else 'a file'}"
    for table in sorted(set(one) | set(other)):
        left, right = one.get(table), other.get(table)
        if left != right:
            gone = [row for row in left or [] if row not in (right or [])][:2]
            come = [row for row in right or [] if row not in (left or [])][:2]
            return f"{table or 'schema'}: {gone} became {come}"
    return "nothing"
