"""Lists, filters, statistics and single questions, on the kept database."""

from databases import ACCESS
from measure import Line, ours, paired, shell

# What the statistics screen shows beside the number of rows, from one pass over the grants.
ONE_PASS = f"""
    SELECT (SELECT count(*) FROM hrm_users), (SELECT count(*) FROM hrm_company), sum(n), count(*)
    FROM (SELECT count(*) AS n FROM {ACCESS} GROUP BY user_id);"""

# All figures of the screen, each by the best statement for it.
EVERY_FIGURE = f"""
    BEGIN;
    SELECT (SELECT count(*) FROM hrm_users), (SELECT count(*) FROM hrm_company);
    SELECT n, count(*) FROM (SELECT count(*) AS n FROM {ACCESS} GROUP BY user_id) GROUP BY n;
    SELECT c.id, c.name, g.n FROM (
      SELECT company_id, count(*) AS n FROM {ACCESS} GROUP BY company_id ORDER BY n DESC LIMIT 10
      ) AS g JOIN hrm_company AS c ON c.id = g.company_id;
    SELECT count(*) FROM hrm_company AS c WHERE NOT EXISTS (
      SELECT 1 FROM {ACCESS} AS a WHERE a.company_id = c.id);
    SELECT count(*) FROM hrm_users AS u NOT INDEXED WHERE NOT u.is_active AND EXISTS (
      SELECT 1 FROM {ACCESS} AS a WHERE a.user_id = u.id);
    COMMIT;"""

SORTED = f"""
    SELECT u.id, u.username, u.full_name, g.n FROM (
      SELECT user_id, count(*) AS n FROM {ACCESS} GROUP BY user_id
      ORDER BY n DESC, user_id DESC LIMIT 50) AS g JOIN hrm_users AS u ON u.id = g.user_id
    ORDER BY g.n DESC, u.id DESC;"""


def filtered(words, plan, counts):
    """The same columns as ours, the plan chosen by hand."""
    like = f"LIKE '%{words}%'"
    matches = f"""u.username {like} OR u.full_name {like} OR u.email {like}
          OR CAST(u.id AS TEXT) {like}
          OR u.role_id IN (SELECT id FROM hrm_role WHERE name {like})"""
    # The command says how many match; where none are on the page, that is known.
    count = f"SELECT count(*) FROM hrm_users AS u NOT INDEXED WHERE {matches};" if counts else ""
    return f"""
        SELECT u.id, u.username, u.full_name, u.email, r.name, u.is_active,
          (SELECT count(*) FROM {ACCESS} AS a WHERE a.user_id = u.id)
        FROM hrm_users AS u {plan} LEFT JOIN hrm_role AS r ON r.id = u.role_id
        WHERE {matches}
        ORDER BY u.username COLLATE BINARY LIMIT 50;
        {count}"""


def read(path, work, goal, words, sql, note):
    line = Line(work, goal, note=note)
    return paired(line, lambda: ours(path, *words), lambda: shell(path, sql))


def better(path, words, counts):
    """The faster of both plans for a filter."""
    plans = {"along the index": "", "NOT INDEXED": "NOT INDEXED"}
    times = {
        name: min(shell(path, filtered(words, plan, False)).seconds for _ in range(2))
        for name, plan in plans.items()}
    name = min(times, key=times.get)
    note = f"the better plan, {name}" + (", and the count" if counts else "")
    return filtered(words, plans[name], counts), note


def search(path, what, words, counts):
    sql, note = better(path, words, counts)
    return read(
        path, f"users, filter with {what} found", 1.15,
        ["users", "--search", words, "--limit", "50"], sql, note)


def check(path):
    def exists(user, company):
        return f"""
            SELECT EXISTS (SELECT 1 FROM {ACCESS} WHERE user_id = (
                SELECT id FROM hrm_users WHERE username = '{user}')
              AND company_id = (SELECT id FROM hrm_company WHERE code = '{company}'));"""

    user = shell(path, "SELECT username FROM hrm_users LIMIT 1 OFFSET 5000;").output.strip()
    company = shell(path, "SELECT code FROM hrm_company LIMIT 1 OFFSET 77;").output.strip()
    line = Line("check as a command", 2, note="the same SELECT")
    return paired(
        line, lambda: ours(path, "check", user, company, expect=(0, 1)),
        lambda: shell(path, exists(user, company)), pairs=15)


def lines(data):
    path = data.base
    yield "read-statistics", lambda: read(
        path(), "statistics, all figures", 1.15, ["stats"], ONE_PASS,
        "one pass: users, companies, grants, users with access")
    yield "read-figures", lambda: read(
        path(), "statistics, all figures", 1.15, ["stats"], EVERY_FIGURE,
        "the same figures, each by its best statement")
    yield "read-sorted", lambda: read(
        path(), "users by number of companies, first page", 1.15,
        ["users", "--sort", "-companies", "--limit", "50"], SORTED, "GROUP BY and LIMIT first")
    yield "read-filter-none", lambda: search(path(), "none", "qqzx", False)
    yield "read-filter-many", lambda: search(path(), "many", "an", True)
    yield "read-check", lambda: check(path())
