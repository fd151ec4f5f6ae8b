"""What another program's writes cost with our triggers, beside the same without them."""

from databases import ACCESS, MANY, NOW
from measure import Line, copy, paired, shell

# Statements that are transactions of their own, as an application makes them.
SINGLE = 200


def places():
    """Numbers of rows spread over the tables that name pairs."""
    return range(1, MANY, MANY // SINGLE)


INSERTS = "".join(f"""
    INSERT INTO {ACCESS} (id, user_id, company_id, created_at, modified_at)
    SELECT id, user_id, company_id, {NOW}, {NOW} FROM bench_free WHERE rowid = {row};"""
    for row in places())

DELETES = "".join(f"""
    DELETE FROM {ACCESS} WHERE (user_id, company_id) = (
      SELECT user_id, company_id FROM bench_granted WHERE rowid = {row});""" for row in places())

INSERT_MANY = f"""
    INSERT INTO {ACCESS} (id, user_id, company_id, created_at, modified_at)
    SELECT id, user_id, company_id, {NOW}, {NOW} FROM bench_free;"""

# The granted pairs of `bench_granted` are the first of the index.
DELETE_MANY = f"""
    DELETE FROM {ACCESS} WHERE user_id < (SELECT max(user_id) FROM bench_granted)
      OR user_id = (SELECT max(user_id) FROM bench_granted) AND company_id <= (
        SELECT company_id FROM bench_granted ORDER BY rowid DESC LIMIT 1);"""

INSERT_USERS = f"""
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})
    INSERT INTO hrm_users (username, full_name, email, is_active, created_at, modified_at)
    SELECT 'bench.' || i, 'Bench ' || i, 'bench.' || i || '@example.com', 1, {NOW}, {NOW} FROM n;"""


def write(data, work, goal, sql):
    half = data.half()
    bare = data.bare(half)
    path = data.path("work.db")

    def written(source):
        copy(source, path)
        return shell(path, sql)

    line = Line(work, goal, note="the same without our triggers")
    return paired(line, lambda: written(half), lambda: written(bare))


def lines(data):
    yield "foreign-insert", lambda: write(
        data, f"another program's INSERT of a grant, {SINGLE} times", 2.5, INSERTS)
    yield "foreign-delete", lambda: write(
        data, f"another program's DELETE of a grant, {SINGLE} times", 2.5, DELETES)
    yield "foreign-insert-many", lambda: write(
        data, f"another program's INSERT of {MANY:,} grants in one statement", 6, INSERT_MANY)
    yield "foreign-delete-many", lambda: write(
        data, f"another program's DELETE of {MANY:,} grants in one statement", 6, DELETE_MANY)
    yield "foreign-users", lambda: write(
        data, f"another program's INSERT of {MANY:,} users in one statement", 4, INSERT_USERS)
