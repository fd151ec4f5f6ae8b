"""Bulk work: granting all pairs, importing, undoing, deleting."""

import os

from databases import ACCESS, NEW_ID, NEWEST, NOW, change, insert_all
from measure import Line, answer, copy, ours, paired, shell


def bulk(data, size, goal, memory_goal=0):
    users, companies = size
    empty = data.empty(size)
    bare = data.bare(empty)
    work = data.path("work.db")

    def mine():
        copy(empty, work)
        return ours(work, "bulk-grant", "--yes")

    def plain():
        copy(bare, work)
        return shell(work, "BEGIN IMMEDIATE;" + insert_all(" OR IGNORE") + "COMMIT;")

    line = Line(
        f"bulk grant {users:,} x {companies:,} into an empty table", goal,
        note="plain INSERT..SELECT without a record", memory_goal=memory_goal)
    return paired(line, mine, plain)


def present(data, size):
    users, companies = size
    full = data.full(size)
    bare = data.bare(full)
    line = Line(
        f"bulk grant {users:,} x {companies:,}, all there already", 0.2,
        note="INSERT OR IGNORE..SELECT without a record")
    return paired(
        line, lambda: ours(full, "bulk-grant", "--yes"),
        lambda: shell(bare, "BEGIN IMMEDIATE;" + insert_all(" OR IGNORE") + "COMMIT;"))


NAIVE = """
    CREATE TABLE u (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE c (id TEXT PRIMARY KEY, name TEXT);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {users})
      INSERT INTO u SELECT i, 'user ' || i FROM n;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {companies})
      INSERT INTO c SELECT lower(hex(randomblob(16))), 'company ' || i FROM n;
    CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES u (id),
      company_id TEXT NOT NULL REFERENCES c (id), created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
      UNIQUE (user_id, company_id));
    CREATE INDEX a_user ON a (user_id);
    CREATE INDEX a_company ON a (company_id);
    """


def naive(data, size):
    users, companies = size
    empty = data.empty(size)
    made = data.kept(
        f"naive-{users}x{companies}.db",
        lambda path: shell(path, NAIVE.format(users=users, companies=companies)))
    work = data.path("work.db")

    def mine():
        copy(empty, work)
        return ours(work, "bulk-grant", "--yes")

    def other():
        copy(made, work)
        return shell(work, f"""
            BEGIN IMMEDIATE;
            INSERT OR IGNORE INTO a SELECT lower(hex(randomblob(16))), u.id, c.id, {NOW}, {NOW}
            FROM u CROSS JOIN c;
            COMMIT;""")

    line = Line(
        f"bulk grant {users:,} x {companies:,}, naive layout", 4, inverted=True,
        note="random ids, an index for each column")
    return paired(line, mine, other)


def imported(data, size):
    users, companies = size
    pairs = data.path("pairs.csv")
    exported = ours(data.full(size), "--format", "csv", "export", "grants").output
    with open(pairs, "w") as file:
        file.write(exported)
    header = exported.split("\n", 1)[0].strip().split(",")
    user, company = header.index("user"), header.index("company")
    empty = data.empty(size)
    bare = data.bare(empty)
    work = data.path("work.db")
    columns = ", ".join(f'"{name}" TEXT' for name in header)

    def mine():
        copy(empty, work)
        return ours(work, "import", pairs, "--yes")

    def other():
        copy(bare, work)
        return shell(work, f"""
            CREATE TEMP TABLE pair ({columns});
            .mode csv
            .import --skip 1 {pairs} pair
            BEGIN IMMEDIATE;
            INSERT OR IGNORE INTO {ACCESS} (id, user_id, company_id, created_at, modified_at)
            SELECT {NEW_ID}, u.id, c.id, {NOW}, {NOW} FROM pair AS p
            JOIN hrm_users AS u ON u.username = p."{header[user]}"
            JOIN hrm_company AS c ON c.code = p."{header[company]}"
              OR c.name = p."{header[company]}";
            COMMIT;""")

    line = Line(
        f"import of {users * companies:,} pairs", 1.2,
        note=".import and INSERT..SELECT without a record")
    result = paired(line, mine, other)
    granted = answer(work, f"SELECT count(*) FROM {ACCESS}")
    assert granted == str(users * companies), f"the shell imported {granted} pairs"
    os.unlink(pairs)
    return result


def undone(data, size):
    users, companies = size
    full = data.full(size)
    work = data.path("work.db")

    def mine():
        copy(full, work)
        return ours(work, "undo", "--yes")

    def other():
        copy(full, work)
        return shell(work, change("undo", 0, users * companies) + f"""
            UPDATE company_access_now SET change_id = {NEWEST};
            DELETE FROM {ACCESS};
            UPDATE company_access_now SET change_id = NULL;
            COMMIT;""")

    line = Line(
        f"undo of a bulk grant of {users * companies:,}", 1.2, note="DELETE with the same triggers")
    return paired(line, mine, other)


def lines(data):
    sizes = data.sizes
    yield "bulk-empty", lambda: bulk(data, sizes.bulk, 0.45)
    yield "bulk-largest", lambda: bulk(data, sizes.largest, 0.30, memory_goal=200)
    yield "bulk-present", lambda: present(data, sizes.bulk)
    yield "bulk-naive", lambda: naive(data, sizes.largest)
    yield "import", lambda: imported(data, sizes.bulk)
    yield "undo", lambda: undone(data, sizes.bulk)
