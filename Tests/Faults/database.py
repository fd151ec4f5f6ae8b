"""What a database holds, and whether that can be."""

import os
import re
import shutil
import sqlite3

# What differs from run to run although the same was done.
CLOCK = {"created_at", "modified_at", "at"}
GRANTS = ("hrm_user_company_access", "user_company_access")
OURS_MADE_UP = GRANTS + ("company_access_history",)


class Broken(Exception):
    """A database that is in a state in which none may ever be."""


def state(path):
    """All rows and the schema, without what differs from run to run; None if there is no file.

    Checks what always holds.

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
            return read(connection, os.path.dirname(path).encode())
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise Broken(f"SQLite says: {error}") from error
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            if os.path.exists(copy + end):
                os.unlink(copy + end)


def read(connection, folder):
    sound(connection)
    tables = [name.decode() for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    grants = next((name for name in GRANTS if name in tables), None)
    if grants and "company_access_change" in tables:
        agreeing(connection, grants)
    names = companies(connection, tables)

    def plain(value):
        if not isinstance(value, bytes):
            return value
        # Names of files are of this run.
        value = names.get(value, value).replace(folder, b"{folder}")
        return re.sub(rb"before-([a-z]+)-\d+(-\d+)?", rb"before-\1", value)

    # The schema of what was there first may stand in another order after a rebuild.
    content = {"": sorted(row for row in connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite_%'"))}
    for table in tables:
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        columns = [column[0] for column in cursor.description]
        left_out = CLOCK | ({"id"} if table in OURS_MADE_UP else set())
        if table == "company_access_setting":
            left_out = left_out | {"record_begins"}
        kept = [i for i, column in enumerate(columns) if column not in left_out]
        content[table] = sorted(
            (tuple(plain(row[i]) for i in kept) for row in cursor), key=repr)
    settings = content.get("company_access_setting", [])
    content["company_access_setting"] = [row for row in settings if row[0] != b"record_begins"]
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


def agreeing(connection, grants):
    """The record says of each change what the table and the history show of it."""
    wrong = list(connection.execute(f"""
        WITH began(id, n) AS (
          SELECT change_id, count(*) FROM (
            SELECT change_id FROM "{grants}"
            UNION ALL SELECT granted_change FROM company_access_history) GROUP BY 1),
        ended(id, n) AS (SELECT ended_change, count(*) FROM company_access_history GROUP BY 1)
        SELECT c.id, c.action, c.added, began.n, c.removed, ended.n
        FROM company_access_change c LEFT JOIN began USING (id) LEFT JOIN ended USING (id)
        WHERE c.added != coalesce(began.n, 0) OR c.removed != coalesce(ended.n, 0)
        UNION ALL
        SELECT began.id, 'is not there', 0, n, 0, 0 FROM began
        WHERE began.id IS NOT NULL AND began.id NOT IN (SELECT id FROM company_access_change)
        """))
    if wrong:
        raise Broken(f"the record disagrees: {wrong[:3]}")
    open_ = list(connection.execute(
        "SELECT change_id FROM company_access_now WHERE change_id IS NOT NULL"))
    if open_:
        raise Broken(f"a change was left open: {open_}")


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
