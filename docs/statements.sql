-- The statements that the library runs, as SQLite gets them, each once. Above each stand what it
-- is for, and the file and function that run it. Of lists there are the first and the next page
-- in ascending order, of lists at a change the first; the others differ in the direction only.
-- The tests write this file: RECORD_GOLDEN=1 swift test --filter QueryPlanTests

-- users and companies, first page
-- Connection+Running.dataVersion
PRAGMA data_version;

-- users and companies, first page
-- Relations+Orphans.isMissing
WITH RECURSIVE d (id, previous) AS (
  SELECT min(a.company_id), NULL
  FROM hrm_user_company_access AS a
  UNION ALL SELECT (
    SELECT min(a.company_id) FROM hrm_user_company_access AS a WHERE a.company_id > d.id), d.id
  FROM d
  WHERE d.id IS NOT NULL
  AND (d.previous IS NULL OR d.id > d.previous)) SELECT EXISTS (
  SELECT 1
  FROM d
  WHERE d.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS o
    WHERE o.id = d.id));

-- users and companies, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  ORDER BY k, id
  LIMIT 10) AS p
ORDER BY p.k, p.id;

-- users and companies, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  ORDER BY k, id
  LIMIT 10) AS p
ORDER BY p.k, p.id;

-- plan of grant
-- Relations+Orphans.planning
SELECT EXISTS (SELECT 1 FROM hrm_users LIMIT 1 OFFSET 50000);

-- plan of grant
-- Relations+Orphans.isMissing
WITH RECURSIVE d (id, previous) AS (
  SELECT min(a.user_id), NULL
  FROM hrm_user_company_access AS a
  UNION ALL SELECT (
    SELECT min(a.user_id) FROM hrm_user_company_access AS a WHERE a.user_id > d.id), d.id
  FROM d
  WHERE d.id IS NOT NULL
  AND (d.previous IS NULL OR d.id > d.previous)) SELECT EXISTS (
  SELECT 1
  FROM d
  WHERE d.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = d.id));

-- plan of grant
-- GrantPlanner.unknown
SELECT k.value
FROM (SELECT value FROM temp.json_each(?1)) AS k
WHERE NOT EXISTS (SELECT 1 FROM hrm_users AS t WHERE t.id = k.value)
LIMIT 1;

-- plan of grant
-- PlanQueries.coverage
SELECT (SELECT count(*) FROM hrm_users AS l);

-- plan of grant
-- PlanQueries.coverage
SELECT (SELECT count(*) FROM hrm_company AS l);

-- plan of grant
-- PlanQueries.coverage
SELECT count(*) FROM hrm_user_company_access;

-- plan of grant
-- GrantPlanner.count
SELECT count(*)
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS p
WHERE p.id IN (SELECT value FROM temp.json_each(?1));

-- plan of grant
-- GrantPlanner.count
SELECT count(*)
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS p;

-- plan of grant
-- GrantPlanner.held
SELECT count(*)
FROM hrm_user_company_access AS a
WHERE a.user_id IN (
  SELECT p.id
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS p
  WHERE p.id IN (SELECT value FROM temp.json_each(?1)));

-- plan of grant
-- GrantPlanner.pairs
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, c.id, c.name, c.code, c.is_active, (EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +c.id))
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
CROSS JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE u.id IN (SELECT value FROM temp.json_each(?1))
ORDER BY u.username, u.id, c.name, c.id;

-- plan of grant
-- GrantPlanner.inactive
SELECT count(*)
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS p
WHERE NOT p.is_active
AND p.id IN (SELECT value FROM temp.json_each(?1))
AND (SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = p.id) < 60;

-- plan of grant
-- GrantPlanner.inactive
SELECT count(*)
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS p
WHERE NOT p.is_active
AND (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = p.id
  AND +a.user_id IN (
    SELECT p.id
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS p
    WHERE p.id IN (SELECT value FROM temp.json_each(?1)))) < 1;

-- plan of grant
-- PlanQueries.newestChange
SELECT max(id) FROM company_access_change;

-- plan of grant
-- ConfusableNames.twins
SELECT id, username FROM hrm_users ORDER BY id;

-- grant
-- Connection+Running.inTransaction
BEGIN IMMEDIATE;

-- grant
-- AccessTableForm.init
PRAGMA table_xinfo(hrm_user_company_access);

-- grant
-- AccessTableForm.init
PRAGMA foreign_key_list(hrm_user_company_access);

-- grant
-- AccessTableForm.init
PRAGMA index_list(hrm_user_company_access);

-- grant
-- AccessTableForm.init
PRAGMA index_info("sqlite_autoindex_hrm_user_company_access_1");

-- grant
-- AccessTableForm.init
PRAGMA index_info("sqlite_autoindex_hrm_user_company_access_2");

-- grant
-- ChangeHeader.begin
INSERT INTO company_access_change (at, actor, origin, action, reason, added, removed, undoes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- grant
-- ChangeHeader.begin
INSERT INTO company_access_now (one, change_id)
VALUES (1, ?) ON CONFLICT (one) DO UPDATE
SET change_id = excluded.change_id;

-- grant
-- GrantWriter.pick
CREATE TABLE temp.company_access_picked_user (id PRIMARY KEY) WITHOUT ROWID;

-- grant
-- GrantWriter.pick
INSERT INTO temp.company_access_picked_user SELECT p.id
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS p
WHERE p.id IN (SELECT value FROM temp.json_each(?1));

-- grant
-- GrantWriter.pick
CREATE TABLE temp.company_access_picked_company (id PRIMARY KEY) WITHOUT ROWID;

-- grant
-- GrantWriter.pick
INSERT INTO temp.company_access_picked_company SELECT p.id
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS p;

-- grant
-- GrantWriter.grant
INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at, change_id) SELECT company_access_new_id(), u.id, c.id, ?1, ?1, ?2
FROM temp.company_access_picked_user AS u
CROSS JOIN temp.company_access_picked_company AS c
WHERE 1 ON CONFLICT (user_id, company_id) DO NOTHING;

-- grant
-- GrantWriter.grant
DROP TABLE temp.company_access_picked_user; DROP TABLE temp.company_access_picked_company;

-- grant
-- GrantWriter.grant
DROP TABLE temp.company_access_picked_company;

-- grant
-- ChangeHeader.end
UPDATE company_access_now SET change_id = NULL;

-- grant
-- Connection+Running.inTransaction
COMMIT;

-- plan of undo of grant
-- EntityUndo.init
SELECT e.kind, e.id, e.name, e.gone, e.before, e.after
FROM company_access_entity AS e
WHERE e.change_id = ?
ORDER BY e.rowid DESC;

-- plan of undo of grant
-- UndoSQL.init
SELECT count(*) FROM company_access_change WHERE id > ?;

-- plan of undo of grant
-- UndoSQL.init
SELECT EXISTS (SELECT 1 FROM company_access_entity WHERE gone = 1 AND change_id >= ?);

-- plan of undo of grant
-- UndoSQL.cancelled
SELECT id, undoes FROM company_access_change WHERE id > ? AND undoes > ? ORDER BY id DESC;

-- plan of undo of grant
-- UndoPlanner.plan
SELECT id, at, actor, origin, action, reason, added, removed, undoes, (
  SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN min(CASE WHEN company_access_change.undoes IS NULL THEN '' WHEN e.gone THEN 'deleted ' WHEN e.before IS NULL THEN 'brought back ' ELSE 'changed back ' END || e.kind || ' ' || coalesce(e.name, e.id)) ELSE CASE WHEN company_access_change.undoes IS NOT NULL
  AND sum(e.gone) > 0 THEN 'deleted ' || sum(e.gone) || ' of ' ELSE '' END || count(*) || ' users and companies' END
  FROM company_access_entity AS e
  WHERE e.change_id = company_access_change.id)
FROM company_access_change
WHERE id = ?;

-- plan of undo of grant
-- UndoPlanner.plan
SELECT count(*)
FROM hrm_user_company_access AS a
WHERE a.rowid IN (
  SELECT b.rowid
  FROM hrm_user_company_access AS b
  WHERE b.change_id = 26
  UNION ALL SELECT b.rowid
  FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
  AND b.company_id = g.company_id
  WHERE g.ended_change > 26
  AND g.granted_change = 26
  AND b.change_id IS NOT 26
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_history AS p
    WHERE p.user_id = g.user_id
    AND p.company_id = g.company_id
    AND p.ended_change = 26
    AND p.granted_change IS NOT 26));

-- plan of undo of grant
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 26
AND h.granted_change IS NOT 26;

-- plan of undo of grant
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change > 26
AND h.granted_change = 26;

-- plan of undo of grant
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 26
AND h.granted_change IS NOT 26
AND (u.id IS NULL OR c.id IS NULL);

-- plan of undo of grant
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change > 26
AND h.granted_change = 26
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS NOT 26
  AND a.user_id = h.user_id
  AND a.company_id = h.company_id);

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM hrm_user_company_access AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.rowid IN (
  SELECT b.rowid
  FROM hrm_user_company_access AS b
  WHERE b.change_id = 26
  UNION ALL SELECT b.rowid
  FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
  AND b.company_id = g.company_id
  WHERE g.ended_change > 26
  AND g.granted_change = 26
  AND b.change_id IS NOT 26
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_history AS p
    WHERE p.user_id = g.user_id
    AND p.company_id = g.company_id
    AND p.ended_change = 26
    AND p.granted_change IS NOT 26))
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 26
AND h.granted_change IS NOT 26
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS NOT 26
  AND a.user_id = h.user_id
  AND a.company_id = h.company_id)
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 26
AND h.granted_change IS NOT 26
AND (u.id IS NULL OR c.id IS NULL)
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 26
AND h.granted_change IS NOT 26
AND NOT (u.id IS NULL OR c.id IS NULL)
AND NOT (u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS NOT 26
    AND a.user_id = h.user_id
    AND a.company_id = h.company_id))
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change > 26
AND h.granted_change = 26
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS NOT 26
  AND a.user_id = h.user_id
  AND a.company_id = h.company_id)
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of grant
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM hrm_user_company_access AS b
      WHERE b.change_id = 26
      UNION ALL SELECT b.rowid
      FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
      AND b.company_id = g.company_id
      WHERE g.ended_change > 26
      AND g.granted_change = 26
      AND b.change_id IS NOT 26
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_history AS p
        WHERE p.user_id = g.user_id
        AND p.company_id = g.company_id
        AND p.ended_change = 26
        AND p.granted_change IS NOT 26))
    GROUP BY a.user_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.user_id = t.id)
  AND t.id NOT IN (
    SELECT h.user_id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 26
    AND h.granted_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.change_id IS NOT 26
      AND a.user_id = h.user_id
      AND a.company_id = h.company_id))) SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
WHERE u.id IN (SELECT id FROM affected)
ORDER BY u.username, u.id
LIMIT 20;

-- plan of undo of grant
-- PlanQueries.affectedCompanies
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.company_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM hrm_user_company_access AS b
      WHERE b.change_id = 26
      UNION ALL SELECT b.rowid
      FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
      AND b.company_id = g.company_id
      WHERE g.ended_change > 26
      AND g.granted_change = 26
      AND b.change_id IS NOT 26
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_history AS p
        WHERE p.user_id = g.user_id
        AND p.company_id = g.company_id
        AND p.ended_change = 26
        AND p.granted_change IS NOT 26))
    GROUP BY a.company_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.company_id = t.id)
  AND t.id NOT IN (
    SELECT h.company_id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 26
    AND h.granted_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.change_id IS NOT 26
      AND a.user_id = h.user_id
      AND a.company_id = h.company_id))) SELECT c.id, c.name, c.code, c.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE c.id IN (SELECT id FROM affected)
ORDER BY c.name, c.id
LIMIT 20;

-- plan of undo of grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.user_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IN (
    SELECT b.rowid
    FROM hrm_user_company_access AS b
    WHERE b.change_id = 26
    UNION ALL SELECT b.rowid
    FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
    AND b.company_id = g.company_id
    WHERE g.ended_change > 26
    AND g.granted_change = 26
    AND b.change_id IS NOT 26
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_history AS p
      WHERE p.user_id = g.user_id
      AND p.company_id = g.company_id
      AND p.ended_change = 26
      AND p.granted_change IS NOT 26))
  UNION ALL SELECT h.user_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 26
  AND h.granted_change IS NOT 26
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS NOT 26
    AND a.user_id = h.user_id
    AND a.company_id = h.company_id))
LIMIT 1;

-- plan of undo of grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM hrm_user_company_access AS b
      WHERE b.change_id = 26
      UNION ALL SELECT b.rowid
      FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
      AND b.company_id = g.company_id
      WHERE g.ended_change > 26
      AND g.granted_change = 26
      AND b.change_id IS NOT 26
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_history AS p
        WHERE p.user_id = g.user_id
        AND p.company_id = g.company_id
        AND p.ended_change = 26
        AND p.granted_change IS NOT 26))
    UNION ALL SELECT h.user_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 26
    AND h.granted_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.change_id IS NOT 26
      AND a.user_id = h.user_id
      AND a.company_id = h.company_id))
  WHERE id <> ?);

-- plan of undo of grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IN (
    SELECT b.rowid
    FROM hrm_user_company_access AS b
    WHERE b.change_id = 26
    UNION ALL SELECT b.rowid
    FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
    AND b.company_id = g.company_id
    WHERE g.ended_change > 26
    AND g.granted_change = 26
    AND b.change_id IS NOT 26
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_history AS p
      WHERE p.user_id = g.user_id
      AND p.company_id = g.company_id
      AND p.ended_change = 26
      AND p.granted_change IS NOT 26))
  UNION ALL SELECT h.company_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 26
  AND h.granted_change IS NOT 26
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS NOT 26
    AND a.user_id = h.user_id
    AND a.company_id = h.company_id))
LIMIT 1;

-- plan of undo of grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM hrm_user_company_access AS b
      WHERE b.change_id = 26
      UNION ALL SELECT b.rowid
      FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
      AND b.company_id = g.company_id
      WHERE g.ended_change > 26
      AND g.granted_change = 26
      AND b.change_id IS NOT 26
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_history AS p
        WHERE p.user_id = g.user_id
        AND p.company_id = g.company_id
        AND p.ended_change = 26
        AND p.granted_change IS NOT 26))
    UNION ALL SELECT h.company_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 26
    AND h.granted_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.change_id IS NOT 26
      AND a.user_id = h.user_id
      AND a.company_id = h.company_id))
  WHERE id <> ?);

-- plan of undo of grant
-- UndoPlanner.total
SELECT count(*) FROM hrm_user_company_access WHERE user_id = ?;

-- plan of undo of grant
-- EntityTable.columns
SELECT name, type, "notnull", dflt_value IS NOT NULL, pk
FROM temp.pragma_table_xinfo('hrm_employee')
WHERE hidden = 0
ORDER BY cid;

-- plan of undo of grant
-- AdministratorRule.isBroken
SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), 0)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1
      FROM (
        SELECT a.user_id, a.company_id
        FROM hrm_user_company_access AS a
        WHERE NOT (a.rowid IN (
            SELECT b.rowid
            FROM hrm_user_company_access AS b
            WHERE b.change_id = 26
            UNION ALL SELECT b.rowid
            FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
            AND b.company_id = g.company_id
            WHERE g.ended_change > 26
            AND g.granted_change = 26
            AND b.change_id IS NOT 26
            AND NOT EXISTS (
              SELECT 1
              FROM company_access_history AS p
              WHERE p.user_id = g.user_id
              AND p.company_id = g.company_id
              AND p.ended_change = 26
              AND p.granted_change IS NOT 26)))
        UNION ALL SELECT h.user_id, h.company_id
        FROM company_access_history AS h
        LEFT JOIN (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS u ON u.id = h.user_id
        LEFT JOIN (
          SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_company AS l) AS c ON c.id = h.company_id
        WHERE h.ended_change = 26
        AND h.granted_change IS NOT 26
        AND u.id IS NOT NULL
        AND c.id IS NOT NULL
        AND NOT EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.change_id IS NOT 26
          AND a.user_id = h.user_id
          AND a.company_id = h.company_id)) AS a
      WHERE a.user_id = u.id
      AND a.company_id = c.id)));

-- plan of undo of grant
-- AdministratorRule.holds
SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), 0)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = u.id AND a.company_id = c.id)));

-- plan of undo of grant
-- UndoPlanner.plan
SELECT count(*) FROM hrm_user_company_access AS a WHERE a.change_id IS 26;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM hrm_user_company_access AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.change_id IS 26
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 26
AND h.granted_change IS NOT 26
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE NOT (a.change_id IS 26)
  AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id))
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 26
AND h.granted_change IS NOT 26
AND NOT (u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE NOT (a.change_id IS 26)
    AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 26
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change > 26
AND h.granted_change = 26
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of grant
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS 26
    GROUP BY a.user_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.user_id = t.id)
  AND t.id NOT IN (
    SELECT h.user_id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 26
    AND h.granted_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE NOT (a.change_id IS 26)
      AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))) SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
WHERE u.id IN (SELECT id FROM affected)
ORDER BY u.username, u.id
LIMIT 20;

-- plan of undo of grant
-- PlanQueries.affectedCompanies
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.company_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS 26
    GROUP BY a.company_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.company_id = t.id)
  AND t.id NOT IN (
    SELECT h.company_id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 26
    AND h.granted_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE NOT (a.change_id IS 26)
      AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))) SELECT c.id, c.name, c.code, c.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE c.id IN (SELECT id FROM affected)
ORDER BY c.name, c.id
LIMIT 20;

-- plan of undo of grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.user_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS 26
  UNION ALL SELECT h.user_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 26
  AND h.granted_change IS NOT 26
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE NOT (a.change_id IS 26)
    AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
LIMIT 1;

-- plan of undo of grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS 26
    UNION ALL SELECT h.user_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 26
    AND h.granted_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE NOT (a.change_id IS 26)
      AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
  WHERE id <> ?);

-- plan of undo of grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS 26
  UNION ALL SELECT h.company_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 26
  AND h.granted_change IS NOT 26
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE NOT (a.change_id IS 26)
    AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
LIMIT 1;

-- plan of undo of grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS 26
    UNION ALL SELECT h.company_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 26
    AND h.granted_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE NOT (a.change_id IS 26)
      AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
  WHERE id <> ?);

-- plan of undo of grant
-- AdministratorRule.isBroken
SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), 0)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1
      FROM (
        SELECT a.user_id, a.company_id
        FROM hrm_user_company_access AS a
        WHERE NOT (a.change_id IS 26)
        UNION ALL SELECT h.user_id, h.company_id
        FROM company_access_history AS h
        LEFT JOIN (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS u ON u.id = h.user_id
        LEFT JOIN (
          SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_company AS l) AS c ON c.id = h.company_id
        WHERE h.ended_change = 26
        AND h.granted_change IS NOT 26
        AND u.id IS NOT NULL
        AND c.id IS NOT NULL
        AND NOT EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE NOT (a.change_id IS 26)
          AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id))) AS a
      WHERE a.user_id = u.id
      AND a.company_id = c.id)));

-- undo of grant
-- Schema+Check.check
SELECT type, name, sql
FROM sqlite_schema
WHERE name IN ('hrm_role', 'hrm_users', 'hrm_company', 'hrm_employee', 'hrm_user_company_access', 'ix_hrm_user_company_access_company', 'ix_hrm_user_company_access_change', 'company_access_change', 'company_access_history', 'company_access_entity', 'company_access_now', 'company_access_setting', 'ix_company_access_history_ended', 'ix_company_access_history_user', 'ix_company_access_history_company', 'ix_company_access_entity', 'ix_company_access_entity_change', 'company_access_grant_ended', 'company_access_grant_moved', 'company_access_grant_begun', 'company_access_user_gone', 'company_access_company_gone')
UNION ALL SELECT 'column', name, ''
FROM temp.pragma_table_info('hrm_user_company_access')
WHERE name = 'change_id'
UNION ALL SELECT 'unique', list.name, ''
FROM temp.pragma_index_list('hrm_user_company_access') AS list
WHERE list."unique"
AND NOT list.partial
AND 'company_id user_id' = (
  SELECT group_concat(lower(name), ' ')
  FROM (SELECT name FROM temp.pragma_index_info(list.name) ORDER BY lower(name)));

-- undo of grant
-- SchemaObjects.init
SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name;

-- undo of grant
-- SchemaObjects.value
SELECT value FROM company_access_setting WHERE key = ?;

-- undo of grant
-- GrantWriter.collectRowIDs
CREATE TABLE temp.company_access_picked_leaving (row INTEGER PRIMARY KEY);

-- undo of grant
-- GrantWriter.collectRowIDs
INSERT INTO temp.company_access_picked_leaving SELECT a.rowid
FROM hrm_user_company_access AS a
WHERE a.change_id IS 26;

-- undo of grant
-- GrantWriter.collectRowIDs
CREATE TABLE temp.company_access_picked_returning (row INTEGER PRIMARY KEY);

-- undo of grant
-- GrantWriter.collectRowIDs
INSERT INTO temp.company_access_picked_returning SELECT h.rowid
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 26
AND h.granted_change IS NOT 26
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE NOT (a.change_id IS 26)
  AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_history AS l
  WHERE l.user_id = h.user_id
  AND l.company_id = h.company_id
  AND l.ended_change > 26
  AND l.granted_change IS NOT l.ended_change);

-- undo of grant
-- GrantWriter.forEachChunk
SELECT max(row)
FROM (SELECT row FROM temp.company_access_picked_leaving WHERE row > ? ORDER BY row LIMIT ?);

-- undo of grant
-- GrantWriter.forEachChunk
DELETE
FROM hrm_user_company_access
WHERE rowid IN (SELECT row FROM temp.company_access_picked_leaving WHERE row > ?1 AND row <= ?2);

-- undo of grant
-- GrantWriter.forEachChunk
DROP TABLE temp.company_access_picked_leaving;

-- undo of grant
-- GrantWriter.forEachChunk
SELECT max(row)
FROM (SELECT row FROM temp.company_access_picked_returning WHERE row > ? ORDER BY row LIMIT ?);

-- undo of grant
-- GrantWriter.forEachChunk
DROP TABLE temp.company_access_picked_returning;

-- plan of revoke
-- Connection+Running.reading
BEGIN;

-- plan of revoke
-- GrantPlanner.unknown
SELECT k.value
FROM (SELECT value FROM temp.json_each(?1)) AS k
WHERE NOT EXISTS (SELECT 1 FROM hrm_company AS t WHERE t.id = k.value)
LIMIT 1;

-- plan of revoke
-- GrantPlanner.count
SELECT count(*)
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS p
WHERE p.id IN (SELECT value FROM temp.json_each(?1));

-- plan of revoke
-- GrantPlanner.held
SELECT count(*)
FROM hrm_user_company_access AS a
WHERE a.user_id IN (
  SELECT p.id
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS p
  WHERE p.id IN (SELECT value FROM temp.json_each(?1)))
AND a.company_id IN (
  SELECT p.id
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS p
  WHERE p.id IN (SELECT value FROM temp.json_each(?2)));

-- plan of revoke
-- GrantPlanner.pairs
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, c.id, c.name, c.code, c.is_active, (EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +c.id))
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
CROSS JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE u.id IN (SELECT value FROM temp.json_each(?1))
AND c.id IN (SELECT value FROM temp.json_each(?2))
ORDER BY u.username, u.id, c.name, c.id;

-- plan of revoke
-- GrantPlanner.rows
SELECT count(*)
FROM hrm_user_company_access AS a
WHERE a.company_id IN (
  SELECT p.id
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS p
  WHERE p.id IN (SELECT value FROM temp.json_each(?1)));

-- plan of revoke
-- ConfusableNames.twins
SELECT id, name FROM hrm_company ORDER BY id;

-- plan of revoke from many
-- GrantPlanner.count
SELECT count(*)
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS p
WHERE p.id NOT IN (SELECT value FROM temp.json_each(?1));

-- plan of revoke from many
-- GrantPlanner.held
SELECT count(*)
FROM hrm_user_company_access AS a
WHERE +a.user_id IN (
  SELECT p.id
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS p
  WHERE p.id NOT IN (SELECT value FROM temp.json_each(?1)))
AND a.company_id IN (
  SELECT p.id
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS p
  WHERE p.id IN (SELECT value FROM temp.json_each(?2)));

-- plan of revoke from many
-- GrantPlanner.pairs
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, c.id, c.name, c.code, c.is_active, (EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +c.id))
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
CROSS JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE u.id NOT IN (SELECT value FROM temp.json_each(?1))
AND c.id IN (SELECT value FROM temp.json_each(?2))
ORDER BY u.username, u.id, c.name, c.id;

-- plan of revoke from many
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id
    FROM hrm_user_company_access AS a
    WHERE +a.user_id IN (
      SELECT p.id
      FROM (
        SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_users AS l) AS p
      WHERE p.id NOT IN (SELECT value FROM temp.json_each(?1)))
    AND a.company_id IN (
      SELECT p.id
      FROM (
        SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_company AS l) AS p
      WHERE p.id IN (SELECT value FROM temp.json_each(?2)))
    GROUP BY a.user_id) AS t
  WHERE NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS b
    WHERE b.user_id = t.id
    AND b.company_id NOT IN (
      SELECT p.id
      FROM (
        SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_company AS l) AS p
      WHERE p.id IN (SELECT value FROM temp.json_each(?3))))) SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
WHERE u.id IN (SELECT id FROM affected)
ORDER BY u.username, u.id
LIMIT 20;

-- plan of revoke from many
-- PlanQueries.affectedCompanies
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.company_id AS id
    FROM hrm_user_company_access AS a
    WHERE +a.user_id IN (
      SELECT p.id
      FROM (
        SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_users AS l) AS p
      WHERE p.id NOT IN (SELECT value FROM temp.json_each(?1)))
    AND a.company_id IN (
      SELECT p.id
      FROM (
        SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_company AS l) AS p
      WHERE p.id IN (SELECT value FROM temp.json_each(?2)))
    GROUP BY a.company_id) AS t
  WHERE NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS b
    WHERE b.company_id = t.id
    AND b.user_id NOT IN (
      SELECT p.id
      FROM (
        SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_users AS l) AS p
      WHERE p.id NOT IN (SELECT value FROM temp.json_each(?3))))) SELECT c.id, c.name, c.code, c.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE c.id IN (SELECT id FROM affected)
ORDER BY c.name, c.id
LIMIT 20;

-- plan of revoke from many
-- AdministratorRule.isBroken
SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), 0)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = u.id
      AND a.company_id = c.id
      AND NOT (a.user_id IN (
          SELECT p.id
          FROM (
            SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
            FROM hrm_users AS l) AS p
          WHERE p.id NOT IN (SELECT value FROM temp.json_each(?1)))
        AND a.company_id IN (
          SELECT p.id
          FROM (
            SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
            FROM hrm_company AS l) AS p
          WHERE p.id IN (SELECT value FROM temp.json_each(?2)))))));

-- revoke from many
-- GrantWriter.collectRowIDs
INSERT INTO temp.company_access_picked_leaving SELECT a.rowid
FROM hrm_user_company_access AS a
WHERE +a.user_id IN (
  SELECT p.id
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS p
  WHERE p.id NOT IN (SELECT value FROM temp.json_each(?1)))
AND a.company_id IN (
  SELECT p.id
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS p
  WHERE p.id IN (SELECT value FROM temp.json_each(?2)));

-- plan of undo of revoke from many
-- RetentionStart.init
SELECT c.value, t.value
FROM company_access_setting AS c, company_access_setting AS t
WHERE c.key = 'kept_from_change'
AND t.key = 'kept_from';

-- plan of undo of revoke from many
-- UndoPlanner.plan
SELECT count(*)
FROM hrm_user_company_access AS a
WHERE a.rowid IN (
  SELECT b.rowid
  FROM hrm_user_company_access AS b
  WHERE b.change_id = 28
  UNION ALL SELECT b.rowid
  FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
  AND b.company_id = g.company_id
  WHERE g.ended_change > 28
  AND g.granted_change = 28
  AND b.change_id IS NOT 28
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_history AS p
    WHERE p.user_id = g.user_id
    AND p.company_id = g.company_id
    AND p.ended_change = 28
    AND p.granted_change IS NOT 28));

-- plan of undo of revoke from many
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 28
AND h.granted_change IS NOT 28;

-- plan of undo of revoke from many
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 28
AND h.granted_change IS NOT 28
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS NOT 28
  AND a.user_id = h.user_id
  AND a.company_id = h.company_id);

-- plan of undo of revoke from many
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change > 28
AND h.granted_change = 28;

-- plan of undo of revoke from many
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 28
AND h.granted_change IS NOT 28
AND (u.id IS NULL OR c.id IS NULL);

-- plan of undo of revoke from many
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change > 28
AND h.granted_change = 28
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS NOT 28
  AND a.user_id = h.user_id
  AND a.company_id = h.company_id);

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM hrm_user_company_access AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.rowid IN (
  SELECT b.rowid
  FROM hrm_user_company_access AS b
  WHERE b.change_id = 28
  UNION ALL SELECT b.rowid
  FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
  AND b.company_id = g.company_id
  WHERE g.ended_change > 28
  AND g.granted_change = 28
  AND b.change_id IS NOT 28
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_history AS p
    WHERE p.user_id = g.user_id
    AND p.company_id = g.company_id
    AND p.ended_change = 28
    AND p.granted_change IS NOT 28))
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 28
AND h.granted_change IS NOT 28
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS NOT 28
  AND a.user_id = h.user_id
  AND a.company_id = h.company_id)
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 28
AND h.granted_change IS NOT 28
AND (u.id IS NULL OR c.id IS NULL)
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 28
AND h.granted_change IS NOT 28
AND NOT (u.id IS NULL OR c.id IS NULL)
AND NOT (u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS NOT 28
    AND a.user_id = h.user_id
    AND a.company_id = h.company_id))
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change > 28
AND h.granted_change = 28
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS NOT 28
  AND a.user_id = h.user_id
  AND a.company_id = h.company_id)
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.user_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IN (
    SELECT b.rowid
    FROM hrm_user_company_access AS b
    WHERE b.change_id = 28
    UNION ALL SELECT b.rowid
    FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
    AND b.company_id = g.company_id
    WHERE g.ended_change > 28
    AND g.granted_change = 28
    AND b.change_id IS NOT 28
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_history AS p
      WHERE p.user_id = g.user_id
      AND p.company_id = g.company_id
      AND p.ended_change = 28
      AND p.granted_change IS NOT 28))
  UNION ALL SELECT h.user_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 28
  AND h.granted_change IS NOT 28
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS NOT 28
    AND a.user_id = h.user_id
    AND a.company_id = h.company_id))
LIMIT 1;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM hrm_user_company_access AS b
      WHERE b.change_id = 28
      UNION ALL SELECT b.rowid
      FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
      AND b.company_id = g.company_id
      WHERE g.ended_change > 28
      AND g.granted_change = 28
      AND b.change_id IS NOT 28
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_history AS p
        WHERE p.user_id = g.user_id
        AND p.company_id = g.company_id
        AND p.ended_change = 28
        AND p.granted_change IS NOT 28))
    UNION ALL SELECT h.user_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 28
    AND h.granted_change IS NOT 28
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.change_id IS NOT 28
      AND a.user_id = h.user_id
      AND a.company_id = h.company_id))
  WHERE id <> ?);

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IN (
    SELECT b.rowid
    FROM hrm_user_company_access AS b
    WHERE b.change_id = 28
    UNION ALL SELECT b.rowid
    FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
    AND b.company_id = g.company_id
    WHERE g.ended_change > 28
    AND g.granted_change = 28
    AND b.change_id IS NOT 28
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_history AS p
      WHERE p.user_id = g.user_id
      AND p.company_id = g.company_id
      AND p.ended_change = 28
      AND p.granted_change IS NOT 28))
  UNION ALL SELECT h.company_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 28
  AND h.granted_change IS NOT 28
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS NOT 28
    AND a.user_id = h.user_id
    AND a.company_id = h.company_id))
LIMIT 1;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM hrm_user_company_access AS b
      WHERE b.change_id = 28
      UNION ALL SELECT b.rowid
      FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
      AND b.company_id = g.company_id
      WHERE g.ended_change > 28
      AND g.granted_change = 28
      AND b.change_id IS NOT 28
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_history AS p
        WHERE p.user_id = g.user_id
        AND p.company_id = g.company_id
        AND p.ended_change = 28
        AND p.granted_change IS NOT 28))
    UNION ALL SELECT h.company_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 28
    AND h.granted_change IS NOT 28
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.change_id IS NOT 28
      AND a.user_id = h.user_id
      AND a.company_id = h.company_id))
  WHERE id <> ?);

-- plan of undo of revoke from many
-- UndoPlanner.total
SELECT count(*) FROM hrm_user_company_access WHERE company_id = ?;

-- plan of undo of revoke from many
-- UndoPlanner.plan
SELECT count(*) FROM hrm_user_company_access AS a WHERE a.change_id IS 28;

-- plan of undo of revoke from many
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 28
AND h.granted_change IS NOT 28
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE NOT (a.change_id IS 28)
  AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id));

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM hrm_user_company_access AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.change_id IS 28
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 28
AND h.granted_change IS NOT 28
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE NOT (a.change_id IS 28)
  AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id))
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 28
AND h.granted_change IS NOT 28
AND NOT (u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE NOT (a.change_id IS 28)
    AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT h.user_id, coalesce(coalesce(u.username, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = h.user_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, h.company_id, coalesce(coalesce(c.name, (
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = h.company_id
      AND e.gone = 1
      AND e.change_id >= 28
      ORDER BY e.change_id
      LIMIT 1)), h.company_id) AS what, c.code, c.is_active
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change > 28
AND h.granted_change = 28
ORDER BY who, h.user_id, what, h.company_id;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.user_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS 28
  UNION ALL SELECT h.user_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 28
  AND h.granted_change IS NOT 28
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE NOT (a.change_id IS 28)
    AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
LIMIT 1;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS 28
    UNION ALL SELECT h.user_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 28
    AND h.granted_change IS NOT 28
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE NOT (a.change_id IS 28)
      AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
  WHERE id <> ?);

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS 28
  UNION ALL SELECT h.company_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 28
  AND h.granted_change IS NOT 28
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE NOT (a.change_id IS 28)
    AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
LIMIT 1;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS 28
    UNION ALL SELECT h.company_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 28
    AND h.granted_change IS NOT 28
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE NOT (a.change_id IS 28)
      AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
  WHERE id <> ?);

-- undo of revoke from many
-- GrantWriter.collectRowIDs
INSERT INTO temp.company_access_picked_leaving SELECT a.rowid
FROM hrm_user_company_access AS a
WHERE a.change_id IS 28;

-- undo of revoke from many
-- GrantWriter.collectRowIDs
INSERT INTO temp.company_access_picked_returning SELECT h.rowid
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 28
AND h.granted_change IS NOT 28
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE NOT (a.change_id IS 28)
  AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_history AS l
  WHERE l.user_id = h.user_id
  AND l.company_id = h.company_id
  AND l.ended_change > 28
  AND l.granted_change IS NOT l.ended_change);

-- undo of revoke from many
-- GrantWriter.forEachChunk
INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at, change_id) SELECT id, user_id, company_id, created_at, modified_at, 29
FROM company_access_history
WHERE rowid IN (SELECT row FROM temp.company_access_picked_returning WHERE row > ?1 AND row <= ?2)
ORDER BY user_id, company_id;

-- plan of bulk grant
-- GrantPlanner.count
SELECT count(*)
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS p;

-- plan of bulk grant
-- GrantPlanner.inactive
SELECT count(*)
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS p
WHERE NOT p.is_active
AND (SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = p.id) < 60;

-- plan of bulk grant
-- GrantPlanner.inactive
SELECT count(*)
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS p
WHERE NOT p.is_active
AND (SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = p.id) < 400;

-- bulk grant
-- GrantWriter.pick
INSERT INTO temp.company_access_picked_user SELECT p.id
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS p;

-- plan of undo of bulk grant
-- UndoPlanner.plan
SELECT count(*)
FROM hrm_user_company_access AS a
WHERE a.rowid IN (
  SELECT b.rowid
  FROM hrm_user_company_access AS b
  WHERE b.change_id = 30
  UNION ALL SELECT b.rowid
  FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
  AND b.company_id = g.company_id
  WHERE g.ended_change > 30
  AND g.granted_change = 30
  AND b.change_id IS NOT 30
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_history AS p
    WHERE p.user_id = g.user_id
    AND p.company_id = g.company_id
    AND p.ended_change = 30
    AND p.granted_change IS NOT 30));

-- plan of undo of bulk grant
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 30
AND h.granted_change IS NOT 30;

-- plan of undo of bulk grant
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change > 30
AND h.granted_change = 30;

-- plan of undo of bulk grant
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 30
AND h.granted_change IS NOT 30
AND (u.id IS NULL OR c.id IS NULL);

-- plan of undo of bulk grant
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change > 30
AND h.granted_change = 30
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS NOT 30
  AND a.user_id = h.user_id
  AND a.company_id = h.company_id);

-- plan of undo of bulk grant
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM hrm_user_company_access AS b
      WHERE b.change_id = 30
      UNION ALL SELECT b.rowid
      FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
      AND b.company_id = g.company_id
      WHERE g.ended_change > 30
      AND g.granted_change = 30
      AND b.change_id IS NOT 30
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_history AS p
        WHERE p.user_id = g.user_id
        AND p.company_id = g.company_id
        AND p.ended_change = 30
        AND p.granted_change IS NOT 30))
    GROUP BY a.user_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.user_id = t.id)
  AND t.id NOT IN (
    SELECT h.user_id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 30
    AND h.granted_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.change_id IS NOT 30
      AND a.user_id = h.user_id
      AND a.company_id = h.company_id))) SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
WHERE u.id IN (SELECT id FROM affected)
ORDER BY u.username, u.id
LIMIT 20;

-- plan of undo of bulk grant
-- PlanQueries.affectedCompanies
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.company_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM hrm_user_company_access AS b
      WHERE b.change_id = 30
      UNION ALL SELECT b.rowid
      FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
      AND b.company_id = g.company_id
      WHERE g.ended_change > 30
      AND g.granted_change = 30
      AND b.change_id IS NOT 30
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_history AS p
        WHERE p.user_id = g.user_id
        AND p.company_id = g.company_id
        AND p.ended_change = 30
        AND p.granted_change IS NOT 30))
    GROUP BY a.company_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.company_id = t.id)
  AND t.id NOT IN (
    SELECT h.company_id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 30
    AND h.granted_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.change_id IS NOT 30
      AND a.user_id = h.user_id
      AND a.company_id = h.company_id))) SELECT c.id, c.name, c.code, c.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE c.id IN (SELECT id FROM affected)
ORDER BY c.name, c.id
LIMIT 20;

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.user_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IN (
    SELECT b.rowid
    FROM hrm_user_company_access AS b
    WHERE b.change_id = 30
    UNION ALL SELECT b.rowid
    FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
    AND b.company_id = g.company_id
    WHERE g.ended_change > 30
    AND g.granted_change = 30
    AND b.change_id IS NOT 30
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_history AS p
      WHERE p.user_id = g.user_id
      AND p.company_id = g.company_id
      AND p.ended_change = 30
      AND p.granted_change IS NOT 30))
  UNION ALL SELECT h.user_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 30
  AND h.granted_change IS NOT 30
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS NOT 30
    AND a.user_id = h.user_id
    AND a.company_id = h.company_id))
LIMIT 1;

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM hrm_user_company_access AS b
      WHERE b.change_id = 30
      UNION ALL SELECT b.rowid
      FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
      AND b.company_id = g.company_id
      WHERE g.ended_change > 30
      AND g.granted_change = 30
      AND b.change_id IS NOT 30
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_history AS p
        WHERE p.user_id = g.user_id
        AND p.company_id = g.company_id
        AND p.ended_change = 30
        AND p.granted_change IS NOT 30))
    UNION ALL SELECT h.user_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 30
    AND h.granted_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.change_id IS NOT 30
      AND a.user_id = h.user_id
      AND a.company_id = h.company_id))
  WHERE id <> ?);

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IN (
    SELECT b.rowid
    FROM hrm_user_company_access AS b
    WHERE b.change_id = 30
    UNION ALL SELECT b.rowid
    FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
    AND b.company_id = g.company_id
    WHERE g.ended_change > 30
    AND g.granted_change = 30
    AND b.change_id IS NOT 30
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_history AS p
      WHERE p.user_id = g.user_id
      AND p.company_id = g.company_id
      AND p.ended_change = 30
      AND p.granted_change IS NOT 30))
  UNION ALL SELECT h.company_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 30
  AND h.granted_change IS NOT 30
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS NOT 30
    AND a.user_id = h.user_id
    AND a.company_id = h.company_id))
LIMIT 1;

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM hrm_user_company_access AS b
      WHERE b.change_id = 30
      UNION ALL SELECT b.rowid
      FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
      AND b.company_id = g.company_id
      WHERE g.ended_change > 30
      AND g.granted_change = 30
      AND b.change_id IS NOT 30
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_history AS p
        WHERE p.user_id = g.user_id
        AND p.company_id = g.company_id
        AND p.ended_change = 30
        AND p.granted_change IS NOT 30))
    UNION ALL SELECT h.company_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 30
    AND h.granted_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.change_id IS NOT 30
      AND a.user_id = h.user_id
      AND a.company_id = h.company_id))
  WHERE id <> ?);

-- plan of undo of bulk grant
-- AdministratorRule.isBroken
SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), 0)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1
      FROM (
        SELECT a.user_id, a.company_id
        FROM hrm_user_company_access AS a
        WHERE NOT (a.rowid IN (
            SELECT b.rowid
            FROM hrm_user_company_access AS b
            WHERE b.change_id = 30
            UNION ALL SELECT b.rowid
            FROM company_access_history AS g JOIN hrm_user_company_access AS b ON b.user_id = g.user_id
            AND b.company_id = g.company_id
            WHERE g.ended_change > 30
            AND g.granted_change = 30
            AND b.change_id IS NOT 30
            AND NOT EXISTS (
              SELECT 1
              FROM company_access_history AS p
              WHERE p.user_id = g.user_id
              AND p.company_id = g.company_id
              AND p.ended_change = 30
              AND p.granted_change IS NOT 30)))
        UNION ALL SELECT h.user_id, h.company_id
        FROM company_access_history AS h
        LEFT JOIN (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS u ON u.id = h.user_id
        LEFT JOIN (
          SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_company AS l) AS c ON c.id = h.company_id
        WHERE h.ended_change = 30
        AND h.granted_change IS NOT 30
        AND u.id IS NOT NULL
        AND c.id IS NOT NULL
        AND NOT EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.change_id IS NOT 30
          AND a.user_id = h.user_id
          AND a.company_id = h.company_id)) AS a
      WHERE a.user_id = u.id
      AND a.company_id = c.id)));

-- plan of undo of bulk grant
-- UndoPlanner.plan
SELECT count(*) FROM hrm_user_company_access AS a WHERE a.change_id IS 30;

-- plan of undo of bulk grant
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS 30
    GROUP BY a.user_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.user_id = t.id)
  AND t.id NOT IN (
    SELECT h.user_id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 30
    AND h.granted_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE NOT (a.change_id IS 30)
      AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))) SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
WHERE u.id IN (SELECT id FROM affected)
ORDER BY u.username, u.id
LIMIT 20;

-- plan of undo of bulk grant
-- PlanQueries.affectedCompanies
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.company_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS 30
    GROUP BY a.company_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.company_id = t.id)
  AND t.id NOT IN (
    SELECT h.company_id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 30
    AND h.granted_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE NOT (a.change_id IS 30)
      AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))) SELECT c.id, c.name, c.code, c.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE c.id IN (SELECT id FROM affected)
ORDER BY c.name, c.id
LIMIT 20;

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.user_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS 30
  UNION ALL SELECT h.user_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 30
  AND h.granted_change IS NOT 30
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE NOT (a.change_id IS 30)
    AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
LIMIT 1;

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS 30
    UNION ALL SELECT h.user_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 30
    AND h.granted_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE NOT (a.change_id IS 30)
      AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
  WHERE id <> ?);

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.change_id IS 30
  UNION ALL SELECT h.company_id AS id
  FROM company_access_history AS h
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = h.user_id
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = h.company_id
  WHERE h.ended_change = 30
  AND h.granted_change IS NOT 30
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE NOT (a.change_id IS 30)
    AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
LIMIT 1;

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.change_id IS 30
    UNION ALL SELECT h.company_id AS id
    FROM company_access_history AS h
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = h.user_id
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = h.company_id
    WHERE h.ended_change = 30
    AND h.granted_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE NOT (a.change_id IS 30)
      AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id)))
  WHERE id <> ?);

-- plan of undo of bulk grant
-- AdministratorRule.isBroken
SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), 0)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1
      FROM (
        SELECT a.user_id, a.company_id
        FROM hrm_user_company_access AS a
        WHERE NOT (a.change_id IS 30)
        UNION ALL SELECT h.user_id, h.company_id
        FROM company_access_history AS h
        LEFT JOIN (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS u ON u.id = h.user_id
        LEFT JOIN (
          SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_company AS l) AS c ON c.id = h.company_id
        WHERE h.ended_change = 30
        AND h.granted_change IS NOT 30
        AND u.id IS NOT NULL
        AND c.id IS NOT NULL
        AND NOT EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE NOT (a.change_id IS 30)
          AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id))) AS a
      WHERE a.user_id = u.id
      AND a.company_id = c.id)));

-- undo of bulk grant
-- GrantWriter.collectRowIDs
INSERT INTO temp.company_access_picked_leaving SELECT a.rowid
FROM hrm_user_company_access AS a
WHERE a.change_id IS 30;

-- undo of bulk grant
-- GrantWriter.collectRowIDs
INSERT INTO temp.company_access_picked_returning SELECT h.rowid
FROM company_access_history AS h
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = h.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = h.company_id
WHERE h.ended_change = 30
AND h.granted_change IS NOT 30
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE NOT (a.change_id IS 30)
  AND (a.id = h.id OR a.user_id = h.user_id AND a.company_id = h.company_id))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_history AS l
  WHERE l.user_id = h.user_id
  AND l.company_id = h.company_id
  AND l.ended_change > 30
  AND l.granted_change IS NOT l.ended_change);

-- setting up
-- Relations.init
SELECT EXISTS (SELECT 1 FROM company_access_change WHERE id = ?1), EXISTS (
  SELECT 1 FROM company_access_setting WHERE key = 'kept_from_change' AND value > ?1), EXISTS (
  SELECT 1 FROM hrm_user_company_access WHERE change_id > ?1), EXISTS (
  SELECT 1 FROM company_access_entity WHERE change_id > ?1 AND before IS NOT NULL);

-- setting up
-- MomentAtTime.init
SELECT min(id) FROM company_access_change WHERE id > ? AND action = 'record resumed';

-- setting up
-- MomentAtTime.init
SELECT min(id) FROM company_access_change WHERE id <= ? AND at > ?;

-- users by username, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.username COLLATE BINARY >= CAST(?2 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) > (CAST(?2 AS TEXT), ?1)
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.username COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) < (CAST(?2 AS TEXT), ?1));

-- users by username, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id = ?1) AS p;

-- users by username, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.username COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) < (CAST(?2 AS TEXT), ?1)
  ORDER BY k DESC, id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- users by username, now, page with one of them
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.username COLLATE BINARY >= CAST(?2 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) > (CAST(?2 AS TEXT), ?1));

-- users by username, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.username COLLATE BINARY >= CAST(?2 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) >= (CAST(?2 AS TEXT), ?1)
  ORDER BY k, id
  LIMIT 17) AS p
ORDER BY p.k, p.id;

-- users by id, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.id AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by id, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.id AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id > ?1
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by id, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id < ?1);

-- users by id, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.id AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id = ?1) AS p;

-- users by id, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.id AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id < ?1
  ORDER BY k DESC, id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- users by id, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.id AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id >= ?1
  ORDER BY k, id
  LIMIT 11) AS p
ORDER BY p.k, p.id;

-- users by name, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(u.full_name, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by name, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(u.full_name, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE coalesce(u.full_name, '') COLLATE BINARY >= CAST(?2 AS TEXT)
  AND (coalesce(u.full_name, '') COLLATE BINARY, u.id) > (CAST(?2 AS TEXT), ?1)
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by name, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE coalesce(u.full_name, '') COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (coalesce(u.full_name, '') COLLATE BINARY, u.id) < (CAST(?2 AS TEXT), ?1));

-- users by name, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, coalesce(u.full_name, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id = ?1) AS p;

-- users by name, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(u.full_name, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE coalesce(u.full_name, '') COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (coalesce(u.full_name, '') COLLATE BINARY, u.id) < (CAST(?2 AS TEXT), ?1)
  ORDER BY k DESC, id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- users by name, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(u.full_name, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE coalesce(u.full_name, '') COLLATE BINARY >= CAST(?2 AS TEXT)
  AND (coalesce(u.full_name, '') COLLATE BINARY, u.id) >= (CAST(?2 AS TEXT), ?1)
  ORDER BY k, id
  LIMIT 14) AS p
ORDER BY p.k, p.id;

-- users by role, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), '') COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l NOT INDEXED) AS u
    LIMIT -1) AS u
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by role, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), '') COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l NOT INDEXED) AS u
    LIMIT -1) AS u
  WHERE u.k >= CAST(?2 AS TEXT)
  AND (u.k, u.id) > (CAST(?2 AS TEXT), ?1)
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by role, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE coalesce((SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), '') COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (coalesce((SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), '') COLLATE BINARY, u.id) < (CAST(?2 AS TEXT), ?1));

-- users by role, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, coalesce((SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id = ?1) AS p;

-- users by role, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), '') COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l NOT INDEXED) AS u
    LIMIT -1) AS u
  WHERE u.k <= CAST(?2 AS TEXT)
  AND (u.k, u.id) < (CAST(?2 AS TEXT), ?1)
  ORDER BY u.k DESC, u.id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- users by role, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), '') COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l NOT INDEXED) AS u
    LIMIT -1) AS u
  WHERE u.k >= CAST(?2 AS TEXT)
  AND (u.k, u.id) >= (CAST(?2 AS TEXT), ?1)
  ORDER BY u.k, u.id
  LIMIT 11) AS p
ORDER BY p.k, p.id;

-- users by status, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, (NOT u.is_active) AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by status, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, (NOT u.is_active) AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE (NOT u.is_active) >= ?2
  AND ((NOT u.is_active), u.id) > (?2, ?1)
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by status, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE (NOT u.is_active) <= ?2
  AND ((NOT u.is_active), u.id) < (?2, ?1));

-- users by status, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, (NOT u.is_active) AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id = ?1) AS p;

-- users by status, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, (NOT u.is_active) AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE (NOT u.is_active) <= ?2
  AND ((NOT u.is_active), u.id) < (?2, ?1)
  ORDER BY k DESC, id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- users by status, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, (NOT u.is_active) AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE (NOT u.is_active) >= ?2
  AND ((NOT u.is_active), u.id) >= (?2, ?1)
  ORDER BY k, id
  LIMIT 11) AS p
ORDER BY p.k, p.id;

-- users by companies, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, 0 AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id))
  ORDER BY id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by companies, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, 0 AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id))
  AND u.id > ?1
  ORDER BY id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by companies, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  WITH first AS MATERIALIZED (
    SELECT g.id, g.n
    FROM (
      SELECT a.user_id AS id, count(*) AS n FROM hrm_user_company_access AS a GROUP BY a.user_id) AS g
    ORDER BY g.n, g.id
    LIMIT 4) SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, f.n AS k
  FROM first AS f
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = f.id) AS p
ORDER BY p.k, p.id;

-- users by companies, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)) <= ?2
  AND (((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)), u.id) < (?2, ?1));

-- users by companies, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)) AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id = ?1) AS p;

-- users by companies, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, 0 AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id))
  AND u.id < ?1
  ORDER BY id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- users by companies, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, 0 AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id))
  AND u.id >= ?1
  ORDER BY id
  LIMIT 15) AS p
ORDER BY p.k, p.id;

-- users by username, holding a company, now, first page
-- Listing.hasFewHolders
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1)
  LIMIT 5000);

-- users by username, holding a company, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, holding a company, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  WHERE u.username COLLATE BINARY >= CAST(?3 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) > (CAST(?3 AS TEXT), ?2)
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, holding a company, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  WHERE u.username COLLATE BINARY <= CAST(?3 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) < (CAST(?3 AS TEXT), ?2));

-- users by username, holding a company, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username COLLATE BINARY AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  WHERE u.id = ?2) AS p;

-- users by username, holding a company, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id);

-- users by granted, holding a company, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(g.created_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by granted, holding a company, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(g.created_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  WHERE coalesce(g.created_at, '') >= CAST(?3 AS TEXT)
  AND (coalesce(g.created_at, ''), u.id) > (CAST(?3 AS TEXT), ?2)
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by granted, holding a company, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  WHERE coalesce(g.created_at, '') <= CAST(?3 AS TEXT)
  AND (coalesce(g.created_at, ''), u.id) < (CAST(?3 AS TEXT), ?2));

-- users by granted, holding a company, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, coalesce(g.created_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  WHERE u.id = ?2) AS p;

-- users by username, lacking a company, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE NOT (EXISTS (
      SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1))
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, lacking a company, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u
    WHERE u.username COLLATE BINARY >= CAST(?3 AS TEXT)
    AND (u.username COLLATE BINARY, u.id) > (CAST(?3 AS TEXT), ?2)
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE NOT (EXISTS (
      SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1))
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, lacking a company, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE NOT (EXISTS (
      SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1))
  AND u.username COLLATE BINARY <= CAST(?3 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) < (CAST(?3 AS TEXT), ?2));

-- users by username, lacking a company, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE NOT (EXISTS (
      SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1))
  AND u.id = ?2) AS p;

-- users by username, lacking a company, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u
    WHERE u.username COLLATE BINARY <= CAST(?3 AS TEXT)
    AND (u.username COLLATE BINARY, u.id) < (CAST(?3 AS TEXT), ?2)
    ORDER BY k DESC, id DESC
    LIMIT 5000) AS u
  WHERE NOT (EXISTS (
      SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1))
  ORDER BY u.k DESC, u.id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- users by username, lacking a company, now, page with one of them
-- Listing.hasMoreThanNearby
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.username COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) < (CAST(?2 AS TEXT), ?1)
  LIMIT 5000);

-- users by username, lacking a company, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u
    WHERE u.username COLLATE BINARY >= CAST(?3 AS TEXT)
    AND (u.username COLLATE BINARY, u.id) >= (CAST(?3 AS TEXT), ?2)
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE NOT (EXISTS (
      SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1))
  ORDER BY u.k, u.id
  LIMIT 17) AS p
ORDER BY p.k, p.id;

-- users by username, lacking a company, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE NOT (EXISTS (
      SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1)));

-- users by username, marked a company, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, marked a company, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.username COLLATE BINARY >= CAST(?3 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) > (CAST(?3 AS TEXT), ?2)
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, marked a company, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.username COLLATE BINARY <= CAST(?3 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) < (CAST(?3 AS TEXT), ?2));

-- users by username, marked a company, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id = ?2) AS p;

-- users by username, marked a company, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.username COLLATE BINARY <= CAST(?3 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) < (CAST(?3 AS TEXT), ?2)
  ORDER BY k DESC, id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- users by username, marked a company, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.username COLLATE BINARY >= CAST(?3 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) >= (CAST(?3 AS TEXT), ?2)
  ORDER BY k, id
  LIMIT 17) AS p
ORDER BY p.k, p.id;

-- users by granted, marked a company, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((
        SELECT a.created_at
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +u.id
        AND a.company_id = +?1), '') AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l NOT INDEXED) AS u
    LIMIT -1) AS u
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by granted, marked a company, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((
        SELECT a.created_at
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +u.id
        AND a.company_id = +?1), '') AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l NOT INDEXED) AS u
    LIMIT -1) AS u
  WHERE u.k >= CAST(?3 AS TEXT)
  AND (u.k, u.id) > (CAST(?3 AS TEXT), ?2)
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by granted, marked a company, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE coalesce((
      SELECT a.created_at
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND a.company_id = +?1), '') <= CAST(?3 AS TEXT)
  AND (coalesce((
        SELECT a.created_at
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +u.id
        AND a.company_id = +?1), ''), u.id) < (CAST(?3 AS TEXT), ?2));

-- users by granted, marked a company, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, coalesce((
      SELECT a.created_at
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND a.company_id = +?1), '') AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id = ?2) AS p;

-- users by granted, marked a company, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((
        SELECT a.created_at
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +u.id
        AND a.company_id = +?1), '') AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l NOT INDEXED) AS u
    LIMIT -1) AS u
  WHERE u.k <= CAST(?3 AS TEXT)
  AND (u.k, u.id) < (CAST(?3 AS TEXT), ?2)
  ORDER BY u.k DESC, u.id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- users by granted, marked a company, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +p.id
      AND a.company_id = +?1), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((
        SELECT a.created_at
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +u.id
        AND a.company_id = +?1), '') AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l NOT INDEXED) AS u
    LIMIT -1) AS u
  WHERE u.k >= CAST(?3 AS TEXT)
  AND (u.k, u.id) >= (CAST(?3 AS TEXT), ?2)
  ORDER BY u.k, u.id
  LIMIT 11) AS p
ORDER BY p.k, p.id;

-- users by username, filtered, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name)))
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, filtered, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u
    WHERE u.username COLLATE BINARY >= CAST(?3 AS TEXT)
    AND (u.username COLLATE BINARY, u.id) > (CAST(?3 AS TEXT), ?2)
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name)))
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, filtered, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name)))
  AND u.username COLLATE BINARY <= CAST(?3 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) < (CAST(?3 AS TEXT), ?2));

-- users by username, filtered, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name)))
  AND u.id = ?2) AS p;

-- users by username, filtered, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name))));

-- users by username, filtered, now, first page
-- Listing.hasMoreThanNearby
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  LIMIT 5000);

-- users by username, filtered, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u
    WHERE u.username COLLATE BINARY <= CAST(?3 AS TEXT)
    AND (u.username COLLATE BINARY, u.id) < (CAST(?3 AS TEXT), ?2)
    ORDER BY k DESC, id DESC
    LIMIT 5000) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name)))
  ORDER BY u.k DESC, u.id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- users by username, filtered, now, page with one of them
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u
    WHERE u.username COLLATE BINARY >= CAST(?3 AS TEXT)
    AND (u.username COLLATE BINARY, u.id) >= (CAST(?3 AS TEXT), ?2)
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name)))
  ORDER BY u.k, u.id
  LIMIT 19) AS p
ORDER BY p.k, p.id;

-- users by username, filtered, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE NOT u.is_active
  AND u.role IN (SELECT id FROM hrm_role WHERE name = ?1)
  AND NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id))
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, filtered, now, next page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u
    WHERE u.username COLLATE BINARY >= CAST(?3 AS TEXT)
    AND (u.username COLLATE BINARY, u.id) > (CAST(?3 AS TEXT), ?2)
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE NOT u.is_active
  AND u.role IN (SELECT id FROM hrm_role WHERE name = ?1)
  AND NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id))
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, filtered, now, next page
-- Listing.hasMoreThanNearby
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.username COLLATE BINARY >= CAST(?2 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) > (CAST(?2 AS TEXT), ?1)
  LIMIT 5000);

-- users by username, filtered, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE NOT u.is_active
  AND u.role IN (SELECT id FROM hrm_role WHERE name = ?1)
  AND NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id))
  AND u.username COLLATE BINARY <= CAST(?3 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) <= (CAST(?3 AS TEXT), ?2));

-- users by username, filtered, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE NOT u.is_active
  AND u.role IN (SELECT id FROM hrm_role WHERE name = ?1)
  AND NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id))
  AND u.id = ?2) AS p;

-- users by username, filtered, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE NOT u.is_active
  AND u.role IN (SELECT id FROM hrm_role WHERE name = ?1)
  AND NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)));

-- companies by name, now, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by name, now, next page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE c.name COLLATE BINARY >= CAST(?2 AS TEXT)
  AND (c.name COLLATE BINARY, c.id) > (CAST(?2 AS TEXT), ?1)
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by name, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE c.name COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (c.name COLLATE BINARY, c.id) < (CAST(?2 AS TEXT), ?1));

-- companies by name, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE c.id = ?1) AS p;

-- companies by name, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE c.name COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (c.name COLLATE BINARY, c.id) < (CAST(?2 AS TEXT), ?1)
  ORDER BY k DESC, id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- companies by name, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE c.name COLLATE BINARY >= CAST(?2 AS TEXT)
  AND (c.name COLLATE BINARY, c.id) >= (CAST(?2 AS TEXT), ?1)
  ORDER BY k, id
  LIMIT 17) AS p
ORDER BY p.k, p.id;

-- companies by code, now, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(c.code, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by code, now, next page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(c.code, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE coalesce(c.code, '') COLLATE BINARY >= CAST(?2 AS TEXT)
  AND (coalesce(c.code, '') COLLATE BINARY, c.id) > (CAST(?2 AS TEXT), ?1)
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by code, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE coalesce(c.code, '') COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (coalesce(c.code, '') COLLATE BINARY, c.id) < (CAST(?2 AS TEXT), ?1));

-- companies by code, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, coalesce(c.code, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE c.id = ?1) AS p;

-- companies by code, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(c.code, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE coalesce(c.code, '') COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (coalesce(c.code, '') COLLATE BINARY, c.id) < (CAST(?2 AS TEXT), ?1)
  ORDER BY k DESC, id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- companies by code, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(c.code, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE coalesce(c.code, '') COLLATE BINARY >= CAST(?2 AS TEXT)
  AND (coalesce(c.code, '') COLLATE BINARY, c.id) >= (CAST(?2 AS TEXT), ?1)
  ORDER BY k, id
  LIMIT 17) AS p
ORDER BY p.k, p.id;

-- companies by status, now, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, (NOT c.is_active) AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by status, now, next page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, (NOT c.is_active) AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE (NOT c.is_active) >= ?2
  AND ((NOT c.is_active), c.id) > (?2, ?1)
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by status, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE (NOT c.is_active) <= ?2
  AND ((NOT c.is_active), c.id) < (?2, ?1));

-- companies by status, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, (NOT c.is_active) AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE c.id = ?1) AS p;

-- companies by status, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, (NOT c.is_active) AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE (NOT c.is_active) <= ?2
  AND ((NOT c.is_active), c.id) < (?2, ?1)
  ORDER BY k DESC, id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- companies by status, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, (NOT c.is_active) AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE (NOT c.is_active) >= ?2
  AND ((NOT c.is_active), c.id) >= (?2, ?1)
  ORDER BY k, id
  LIMIT 11) AS p
ORDER BY p.k, p.id;

-- companies by users, now, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)) AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l NOT INDEXED) AS c
    LIMIT -1) AS c
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by users, now, next page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)) AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l NOT INDEXED) AS c
    LIMIT -1) AS c
  WHERE c.k >= ?2
  AND (c.k, c.id) > (?2, ?1)
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by users, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)) <= ?2
  AND (((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)), c.id) < (?2, ?1));

-- companies by users, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)) AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE c.id = ?1) AS p;

-- companies by users, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)) AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l NOT INDEXED) AS c
    LIMIT -1) AS c
  WHERE c.k <= ?2
  AND (c.k, c.id) < (?2, ?1)
  ORDER BY c.k DESC, c.id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- companies by users, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)) AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l NOT INDEXED) AS c
    LIMIT -1) AS c
  WHERE c.k >= ?2
  AND (c.k, c.id) >= (?2, ?1)
  ORDER BY c.k, c.id
  LIMIT 11) AS p
ORDER BY p.k, p.id;

-- companies by granted, holding a user, now, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +p.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +p.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(g.created_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND EXISTS (
      SELECT 1
      FROM (
        SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_users AS l) AS o
      WHERE o.id = a.user_id)) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = g.company_id
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, holding a user, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, coalesce(g.created_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND EXISTS (
      SELECT 1
      FROM (
        SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_users AS l) AS o
      WHERE o.id = a.user_id)) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = g.company_id
  WHERE c.id = ?2) AS p;

-- companies by granted, holding a user, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND EXISTS (
      SELECT 1
      FROM (
        SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_users AS l) AS o
      WHERE o.id = a.user_id)) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = g.company_id);

-- companies by granted, lacking a user, now, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c
    ORDER BY k, id
    LIMIT 5000) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)))
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, lacking a user, now, next page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c
    WHERE c.name COLLATE BINARY >= CAST(?3 AS TEXT)
    AND (c.name COLLATE BINARY, c.id) > (CAST(?3 AS TEXT), ?2)
    ORDER BY k, id
    LIMIT 5000) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)))
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, lacking a user, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)))
  AND c.name COLLATE BINARY <= CAST(?3 AS TEXT)
  AND (c.name COLLATE BINARY, c.id) < (CAST(?3 AS TEXT), ?2));

-- companies by granted, lacking a user, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)))
  AND c.id = ?2) AS p;

-- companies by granted, lacking a user, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c
    WHERE c.name COLLATE BINARY <= CAST(?3 AS TEXT)
    AND (c.name COLLATE BINARY, c.id) < (CAST(?3 AS TEXT), ?2)
    ORDER BY k DESC, id DESC
    LIMIT 5000) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)))
  ORDER BY c.k DESC, c.id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- companies by granted, lacking a user, now, page with one of them
-- Listing.hasMoreThanNearby
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE c.name COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (c.name COLLATE BINARY, c.id) < (CAST(?2 AS TEXT), ?1)
  LIMIT 5000);

-- companies by granted, lacking a user, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c
    WHERE c.name COLLATE BINARY >= CAST(?3 AS TEXT)
    AND (c.name COLLATE BINARY, c.id) >= (CAST(?3 AS TEXT), ?2)
    ORDER BY k, id
    LIMIT 5000) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)))
  ORDER BY c.k, c.id
  LIMIT 17) AS p
ORDER BY p.k, p.id;

-- companies by granted, lacking a user, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id))));

-- companies by granted, marked a user, now, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +p.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +p.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce((
        SELECT a.created_at
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +c.id
        AND EXISTS (
          SELECT 1
          FROM (
            SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
            FROM hrm_users AS l) AS o
          WHERE o.id = a.user_id)), '') AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l NOT INDEXED) AS c
    LIMIT -1) AS c
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, marked a user, now, next page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +p.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +p.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce((
        SELECT a.created_at
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +c.id
        AND EXISTS (
          SELECT 1
          FROM (
            SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
            FROM hrm_users AS l) AS o
          WHERE o.id = a.user_id)), '') AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l NOT INDEXED) AS c
    LIMIT -1) AS c
  WHERE c.k >= CAST(?3 AS TEXT)
  AND (c.k, c.id) > (CAST(?3 AS TEXT), ?2)
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, marked a user, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE coalesce((
      SELECT a.created_at
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), '') <= CAST(?3 AS TEXT)
  AND (coalesce((
        SELECT a.created_at
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +c.id
        AND EXISTS (
          SELECT 1
          FROM (
            SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
            FROM hrm_users AS l) AS o
          WHERE o.id = a.user_id)), ''), c.id) < (CAST(?3 AS TEXT), ?2));

-- companies by granted, marked a user, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, coalesce((
      SELECT a.created_at
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), '') AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE c.id = ?2) AS p;

-- companies by granted, marked a user, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +p.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +p.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce((
        SELECT a.created_at
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +c.id
        AND EXISTS (
          SELECT 1
          FROM (
            SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
            FROM hrm_users AS l) AS o
          WHERE o.id = a.user_id)), '') AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l NOT INDEXED) AS c
    LIMIT -1) AS c
  WHERE c.k <= CAST(?3 AS TEXT)
  AND (c.k, c.id) < (CAST(?3 AS TEXT), ?2)
  ORDER BY c.k DESC, c.id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- companies by granted, marked a user, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), (
  SELECT a.created_at
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +p.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce((
      SELECT a.change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +p.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)), 0)
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce((
        SELECT a.created_at
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +c.id
        AND EXISTS (
          SELECT 1
          FROM (
            SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
            FROM hrm_users AS l) AS o
          WHERE o.id = a.user_id)), '') AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l NOT INDEXED) AS c
    LIMIT -1) AS c
  WHERE c.k >= CAST(?3 AS TEXT)
  AND (c.k, c.id) >= (CAST(?3 AS TEXT), ?2)
  ORDER BY c.k, c.id
  LIMIT 11) AS p
ORDER BY p.k, p.id;

-- companies by name, filtered, now, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c
    ORDER BY k, id
    LIMIT 5000) AS c
  WHERE NOT c.is_active
  AND (company_access_finds(?1, c.name, c.code, c.id))
  AND NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)))
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by name, filtered, now, first page
-- Listing.hasMoreThanNearby
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  LIMIT 5000);

-- companies by name, filtered, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE NOT c.is_active
  AND (company_access_finds(?1, c.name, c.code, c.id))
  AND NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id)))
  AND c.id = ?2) AS p;

-- companies by name, filtered, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE NOT c.is_active
  AND (company_access_finds(?1, c.name, c.code, c.id))
  AND NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.company_id = +c.id
      AND EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
          FROM hrm_users AS l) AS o
        WHERE o.id = a.user_id))));

-- look-alikes
-- ConfusableNames.all
SELECT count(*) FROM (SELECT 1 FROM hrm_users LIMIT 50001);

-- look-alikes
-- ConfusableNames.all
SELECT id, username FROM hrm_users;

-- look-alikes
-- ConfusableNames.all
SELECT count(*) FROM (SELECT 1 FROM hrm_company LIMIT 50001);

-- look-alikes
-- ConfusableNames.all
SELECT id, name FROM hrm_company;

-- one user, now
-- UserReading.user
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +u.id), NULL, NULL, NULL, NULL
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
WHERE u.id = ?1;

-- one company, now
-- CompanyReading.company
SELECT c.id, c.name, c.code, c.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +c.id
  AND EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS o
    WHERE o.id = a.user_id)), NULL, NULL, NULL, NULL
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE c.id = ?1;

-- names
-- NameQueries.users
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
WHERE u.username = ? COLLATE BINARY
ORDER BY u.id
LIMIT 20;

-- names
-- NameQueries.users
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
WHERE (u.id IN (?) AND typeof(u.id) <> 'integer' OR u.id = ? AND typeof(u.id) = 'integer')
ORDER BY u.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE c.code = ? COLLATE BINARY
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE c.name = ? COLLATE BINARY
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE c.id IN (?)
AND typeof(c.id) <> 'integer'
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.similar
SELECT code FROM hrm_company WHERE code IS NOT NULL LIMIT 20000;

-- names
-- NameQueries.similar
SELECT name FROM hrm_company WHERE name IS NOT NULL LIMIT 20000;

-- check, now
-- UserReading.mayEnter
SELECT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +?1 AND a.company_id = +?2));

-- coverage, now
-- StatisticsReading.init
SELECT (SELECT count(*) FROM hrm_users AS l), (SELECT count(*) FROM hrm_company AS l), (
  SELECT count(*) FROM hrm_user_company_access AS a) - 0, NULL;

-- statistics, now
-- StatisticsReading.isLarge
PRAGMA page_count;

-- statistics, now
-- StatisticsReading.init
SELECT g.n, EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS o
  WHERE o.id = g.id)
FROM (SELECT a.user_id AS id, count(*) AS n FROM hrm_user_company_access AS a GROUP BY a.user_id) AS g;

-- statistics, now
-- StatisticsReading.largestCompanies
SELECT c.id, c.name, c.code, c.is_active, g.n, NULL, NULL, NULL, NULL, sum(g.n) OVER ()
FROM (
  SELECT a.company_id AS id, count(*) AS n
  FROM hrm_user_company_access AS a
  GROUP BY a.company_id) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l)) AS c ON c.id = g.id
ORDER BY g.n DESC, c.name, c.id
LIMIT 10;

-- statistics, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED) AS c
  WHERE NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)));

-- statistics, now
-- StatisticsReading.inactiveUsersWithAccess
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE NOT u.is_active
  AND (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)));

-- statistics, now
-- StatisticsReading.init
SELECT (SELECT count(*) FROM hrm_users AS l), (SELECT count(*) FROM hrm_company AS l), 4000, NULL;

-- why, now
-- GrantTimeline.episodes
SELECT created_at, granted, ended
FROM (
  SELECT a.created_at AS created_at, a.granted_change AS granted, CASE WHEN a.ended_change <= ?3 THEN a.ended_change END AS ended, a.rowid AS n
  FROM company_access_history AS a
  WHERE a.user_id = ?1
  AND a.company_id = ?2
  UNION ALL SELECT a.created_at, a.change_id, NULL, NULL
  FROM hrm_user_company_access AS a
  WHERE a.user_id = ?1
  AND a.company_id = ?2)
WHERE coalesce(granted, 0) <= ?3
ORDER BY granted, ended IS NULL, ended, n;

-- why, now
-- GrantTimeline.name
SELECT coalesce((SELECT l.username FROM hrm_users AS l WHERE l.id = ?1), (
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.id = ?1
    AND e.gone = 1
    ORDER BY e.change_id DESC
    LIMIT 1));

-- why, now
-- GrantTimeline.name
SELECT coalesce((SELECT l.name FROM hrm_company AS l WHERE l.id = ?1), (
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = ?1
    AND e.gone = 1
    ORDER BY e.change_id DESC
    LIMIT 1));

-- why, now
-- GrantTimeline.notes
SELECT id FROM company_access_change WHERE action = 'record resumed' AND id <= ? ORDER BY id;

-- users by username, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, at a change
-- Listing.count
SELECT (SELECT count(*) FROM hrm_users AS l) - (
  SELECT count(*)
  FROM hrm_users AS l
  WHERE l.id IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) - (
  SELECT count(*)
  FROM hrm_users AS l
  WHERE l.created_at > (SELECT at FROM company_access_change WHERE id = 9)
  AND NOT (l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.user_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))
  AND l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) + (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id));

-- users by id, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.id AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.id AS k
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by name, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(u.full_name, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(u.full_name, '') COLLATE BINARY AS k
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by role, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), '') COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l NOT INDEXED
      WHERE l.id NOT IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id > 9
        AND (e.gone = 1 OR e.before IS NULL))
      AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
        OR +l.created_at IS NULL
        OR l.id IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'user'
          AND e.change_id <= 9
          AND e.gone = 0
          AND e.before IS NULL)
        OR (EXISTS (
            SELECT 1
            FROM hrm_user_company_access AS a
            WHERE a.user_id = +l.id
            AND coalesce(a.change_id, 0) <= 9)
          OR EXISTS (
            SELECT 1
            FROM company_access_history AS a
            WHERE a.user_id = +l.id
            AND a.ended_change > 9
            AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), '') COLLATE BINARY AS k
    FROM (
      SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.gone = 1
      AND e.change_id > 9
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_entity AS b
        WHERE b.kind = e.kind
        AND b.id = e.id
        AND b.change_id > 9
        AND b.change_id < e.change_id
        AND (b.gone = 1 OR b.before IS NULL))
      GROUP BY e.id) AS u
    LIMIT -1) AS u
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by status, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, (NOT u.is_active) AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, (NOT u.is_active) AS k
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by companies, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, 0 AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, 0 AS k
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))
  ORDER BY id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, holding a company, at a change, first page
-- Listing.hasFewHolders
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9
    UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
    FROM company_access_history AS a
    WHERE a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))
  LIMIT 5000);

-- users by username, holding a company, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), coalesce((
    SELECT a.created_at
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.created_at
    FROM company_access_history AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), coalesce((
    SELECT a.change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.granted_change
    FROM company_access_history AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9
    UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
    FROM company_access_history AS a
    WHERE a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u ON u.id = g.user_id
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9
    UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
    FROM company_access_history AS a
    WHERE a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)) AS g
  CROSS JOIN (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u ON u.id = g.user_id
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, holding a company, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9
    UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
    FROM company_access_history AS a
    WHERE a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u ON u.id = g.user_id) + (
  SELECT count(*)
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9
    UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
    FROM company_access_history AS a
    WHERE a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)) AS g
  CROSS JOIN (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u ON u.id = g.user_id);

-- users by granted, holding a company, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), coalesce((
    SELECT a.created_at
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.created_at
    FROM company_access_history AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), coalesce((
    SELECT a.change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.granted_change
    FROM company_access_history AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(g.created_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9
    UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
    FROM company_access_history AS a
    WHERE a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u ON u.id = g.user_id
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(g.created_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9
    UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
    FROM company_access_history AS a
    WHERE a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)) AS g
  CROSS JOIN (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u ON u.id = g.user_id
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, lacking a company, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l
      WHERE l.id NOT IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id > 9
        AND (e.gone = 1 OR e.before IS NULL))
      AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
        OR +l.created_at IS NULL
        OR l.id IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'user'
          AND e.change_id <= 9
          AND e.gone = 0
          AND e.before IS NULL)
        OR (EXISTS (
            SELECT 1
            FROM hrm_user_company_access AS a
            WHERE a.user_id = +l.id
            AND coalesce(a.change_id, 0) <= 9)
          OR EXISTS (
            SELECT 1
            FROM company_access_history AS a
            WHERE a.user_id = +l.id
            AND a.ended_change > 9
            AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.gone = 1
      AND e.change_id > 9
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_entity AS b
        WHERE b.kind = e.kind
        AND b.id = e.id
        AND b.change_id > 9
        AND b.change_id < e.change_id
        AND (b.gone = 1 OR b.before IS NULL))
      GROUP BY e.id) AS u
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND a.company_id = +?1
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.company_id = +?1
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, lacking a company, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND a.company_id = +?1
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.company_id = +?1
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))) + (
  SELECT count(*)
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND a.company_id = +?1
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.company_id = +?1
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9))));

-- users by username, marked a company, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), coalesce((
    SELECT a.created_at
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.created_at
    FROM company_access_history AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), coalesce((
    SELECT a.change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.granted_change
    FROM company_access_history AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by granted, marked a company, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), coalesce((
    SELECT a.created_at
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.created_at
    FROM company_access_history AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), coalesce((
    SELECT a.change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.granted_change
    FROM company_access_history AS a
    WHERE a.user_id = +p.id
    AND a.company_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +p.id
        AND a.company_id = +?1
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(coalesce((
          SELECT a.created_at
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +u.id
          AND a.company_id = +?1
          AND coalesce(a.change_id, 0) <= 9), (
          SELECT a.created_at
          FROM company_access_history AS a
          WHERE a.user_id = +u.id
          AND a.company_id = +?1
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))), '') AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l NOT INDEXED
      WHERE l.id NOT IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id > 9
        AND (e.gone = 1 OR e.before IS NULL))
      AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
        OR +l.created_at IS NULL
        OR l.id IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'user'
          AND e.change_id <= 9
          AND e.gone = 0
          AND e.before IS NULL)
        OR (EXISTS (
            SELECT 1
            FROM hrm_user_company_access AS a
            WHERE a.user_id = +l.id
            AND coalesce(a.change_id, 0) <= 9)
          OR EXISTS (
            SELECT 1
            FROM company_access_history AS a
            WHERE a.user_id = +l.id
            AND a.ended_change > 9
            AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(coalesce((
          SELECT a.created_at
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +u.id
          AND a.company_id = +?1
          AND coalesce(a.change_id, 0) <= 9), (
          SELECT a.created_at
          FROM company_access_history AS a
          WHERE a.user_id = +u.id
          AND a.company_id = +?1
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))), '') AS k
    FROM (
      SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.gone = 1
      AND e.change_id > 9
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_entity AS b
        WHERE b.kind = e.kind
        AND b.id = e.id
        AND b.change_id > 9
        AND b.change_id < e.change_id
        AND (b.gone = 1 OR b.before IS NULL))
      GROUP BY e.id) AS u
    LIMIT -1) AS u
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, filtered, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l
      WHERE l.id NOT IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id > 9
        AND (e.gone = 1 OR e.before IS NULL))
      AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
        OR +l.created_at IS NULL
        OR l.id IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'user'
          AND e.change_id <= 9
          AND e.gone = 0
          AND e.before IS NULL)
        OR (EXISTS (
            SELECT 1
            FROM hrm_user_company_access AS a
            WHERE a.user_id = +l.id
            AND coalesce(a.change_id, 0) <= 9)
          OR EXISTS (
            SELECT 1
            FROM company_access_history AS a
            WHERE a.user_id = +l.id
            AND a.ended_change > 9
            AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.gone = 1
      AND e.change_id > 9
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_entity AS b
        WHERE b.kind = e.kind
        AND b.id = e.id
        AND b.change_id > 9
        AND b.change_id < e.change_id
        AND (b.gone = 1 OR b.before IS NULL))
      GROUP BY e.id) AS u
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name)))
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, filtered, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name)))) + (
  SELECT count(*)
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name))));

-- users by username, filtered, at a change, first page
-- Listing.hasMoreThanNearby
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  UNION ALL SELECT 1
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  LIMIT 5000);

-- users by username, filtered, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l
      WHERE l.id NOT IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id > 9
        AND (e.gone = 1 OR e.before IS NULL))
      AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
        OR +l.created_at IS NULL
        OR l.id IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'user'
          AND e.change_id <= 9
          AND e.gone = 0
          AND e.before IS NULL)
        OR (EXISTS (
            SELECT 1
            FROM hrm_user_company_access AS a
            WHERE a.user_id = +l.id
            AND coalesce(a.change_id, 0) <= 9)
          OR EXISTS (
            SELECT 1
            FROM company_access_history AS a
            WHERE a.user_id = +l.id
            AND a.ended_change > 9
            AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
    FROM (
      SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.gone = 1
      AND e.change_id > 9
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_entity AS b
        WHERE b.kind = e.kind
        AND b.id = e.id
        AND b.change_id > 9
        AND b.change_id < e.change_id
        AND (b.gone = 1 OR b.before IS NULL))
      GROUP BY e.id) AS u
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE NOT u.is_active
  AND u.role IN (SELECT id FROM hrm_role WHERE name = ?1)
  AND NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, filtered, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  WHERE NOT u.is_active
  AND u.role IN (SELECT id FROM hrm_role WHERE name = ?1)
  AND NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))) + (
  SELECT count(*)
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  WHERE NOT u.is_active
  AND u.role IN (SELECT id FROM hrm_role WHERE name = ?1)
  AND NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9))));

-- companies by name, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.company_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
  UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by name, at a change
-- Listing.count
SELECT (SELECT count(*) FROM hrm_company AS l) - (
  SELECT count(*)
  FROM hrm_company AS l
  WHERE l.id IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) - (
  SELECT count(*)
  FROM hrm_company AS l
  WHERE l.created_at > (SELECT at FROM company_access_change WHERE id = 9)
  AND NOT (l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.company_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.company_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))
  AND l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) + (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id));

-- companies by code, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.company_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(c.code, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
  UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(c.code, '') COLLATE BINARY AS k
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by status, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.company_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, (NOT c.is_active) AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
  UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, (NOT c.is_active) AS k
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by users, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, ((
        SELECT count(*)
        FROM hrm_user_company_access AS a
        WHERE a.company_id = +c.id
        AND coalesce(a.change_id, 0) <= 9) + (
        SELECT count(*)
        FROM company_access_history AS a
        WHERE a.company_id = +c.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))) AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l NOT INDEXED
      WHERE l.id NOT IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id > 9
        AND (e.gone = 1 OR e.before IS NULL))
      AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
        OR +l.created_at IS NULL
        OR l.id IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'company'
          AND e.change_id <= 9
          AND e.gone = 0
          AND e.before IS NULL)
        OR (EXISTS (
            SELECT 1
            FROM hrm_user_company_access AS a
            WHERE a.company_id = +l.id
            AND coalesce(a.change_id, 0) <= 9)
          OR EXISTS (
            SELECT 1
            FROM company_access_history AS a
            WHERE a.company_id = +l.id
            AND a.ended_change > 9
            AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
    UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, ((
        SELECT count(*)
        FROM hrm_user_company_access AS a
        WHERE a.company_id = +c.id
        AND coalesce(a.change_id, 0) <= 9) + (
        SELECT count(*)
        FROM company_access_history AS a
        WHERE a.company_id = +c.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))) AS k
    FROM (
      SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.gone = 1
      AND e.change_id > 9
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_entity AS b
        WHERE b.kind = e.kind
        AND b.id = e.id
        AND b.change_id > 9
        AND b.change_id < e.change_id
        AND (b.gone = 1 OR b.before IS NULL))
      GROUP BY e.id) AS c
    LIMIT -1) AS c
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, holding a user, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.company_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), coalesce((
    SELECT a.created_at
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND a.company_id = +p.id
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.created_at
    FROM company_access_history AS a
    WHERE a.user_id = +?1
    AND a.company_id = +p.id
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), coalesce((
    SELECT a.change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND a.company_id = +p.id
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.granted_change
    FROM company_access_history AS a
    WHERE a.user_id = +?1
    AND a.company_id = +p.id
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +p.id
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +?1
        AND a.company_id = +p.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +p.id
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +?1
        AND a.company_id = +p.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(g.created_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND coalesce(a.change_id, 0) <= 9
    UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
    FROM company_access_history AS a
    WHERE a.user_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c ON c.id = g.company_id
  UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(g.created_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND coalesce(a.change_id, 0) <= 9
    UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
    FROM company_access_history AS a
    WHERE a.user_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)) AS g
  CROSS JOIN (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c ON c.id = g.company_id
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, holding a user, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND coalesce(a.change_id, 0) <= 9
    UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
    FROM company_access_history AS a
    WHERE a.user_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c ON c.id = g.company_id) + (
  SELECT count(*)
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND coalesce(a.change_id, 0) <= 9
    UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
    FROM company_access_history AS a
    WHERE a.user_id = +?1
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)) AS g
  CROSS JOIN (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c ON c.id = g.company_id);

-- companies by granted, lacking a user, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.company_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l
      WHERE l.id NOT IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id > 9
        AND (e.gone = 1 OR e.before IS NULL))
      AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
        OR +l.created_at IS NULL
        OR l.id IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'company'
          AND e.change_id <= 9
          AND e.gone = 0
          AND e.before IS NULL)
        OR (EXISTS (
            SELECT 1
            FROM hrm_user_company_access AS a
            WHERE a.company_id = +l.id
            AND coalesce(a.change_id, 0) <= 9)
          OR EXISTS (
            SELECT 1
            FROM company_access_history AS a
            WHERE a.company_id = +l.id
            AND a.ended_change > 9
            AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
    UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
    FROM (
      SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.gone = 1
      AND e.change_id > 9
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_entity AS b
        WHERE b.kind = e.kind
        AND b.id = e.id
        AND b.change_id > 9
        AND b.change_id < e.change_id
        AND (b.gone = 1 OR b.before IS NULL))
      GROUP BY e.id) AS c
    ORDER BY k, id
    LIMIT 5000) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, lacking a user, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))) + (
  SELECT count(*)
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9))));

-- companies by granted, marked a user, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.company_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), coalesce((
    SELECT a.created_at
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND a.company_id = +p.id
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.created_at
    FROM company_access_history AS a
    WHERE a.user_id = +?1
    AND a.company_id = +p.id
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), coalesce((
    SELECT a.change_id
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND a.company_id = +p.id
    AND coalesce(a.change_id, 0) <= 9), (
    SELECT a.granted_change
    FROM company_access_history AS a
    WHERE a.user_id = +?1
    AND a.company_id = +p.id
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9))), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'user'
  AND f.id = +?1
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +p.id
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +?1
        AND a.company_id = +p.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), EXISTS (
  SELECT 1
  FROM company_access_entity AS f
  WHERE f.kind = 'company'
  AND f.id = +p.id
  AND f.gone = 1
  AND +f.change_id > coalesce(coalesce((
        SELECT a.change_id
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +p.id
        AND coalesce(a.change_id, 0) <= 9), (
        SELECT a.granted_change
        FROM company_access_history AS a
        WHERE a.user_id = +?1
        AND a.company_id = +p.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))), 0)
  AND f.change_id <= 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS r JOIN company_access_change AS rc ON rc.id = r.change_id
    WHERE r.kind = f.kind
    AND r.id = f.id
    AND r.change_id > f.change_id
    AND r.change_id <= 9
    AND r.gone = 0
    AND r.before IS NULL
    AND rc.undoes = f.change_id)), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(coalesce((
          SELECT a.created_at
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +?1
          AND a.company_id = +c.id
          AND coalesce(a.change_id, 0) <= 9), (
          SELECT a.created_at
          FROM company_access_history AS a
          WHERE a.user_id = +?1
          AND a.company_id = +c.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))), '') AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l NOT INDEXED
      WHERE l.id NOT IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id > 9
        AND (e.gone = 1 OR e.before IS NULL))
      AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
        OR +l.created_at IS NULL
        OR l.id IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'company'
          AND e.change_id <= 9
          AND e.gone = 0
          AND e.before IS NULL)
        OR (EXISTS (
            SELECT 1
            FROM hrm_user_company_access AS a
            WHERE a.company_id = +l.id
            AND coalesce(a.change_id, 0) <= 9)
          OR EXISTS (
            SELECT 1
            FROM company_access_history AS a
            WHERE a.company_id = +l.id
            AND a.ended_change > 9
            AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
    UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(coalesce((
          SELECT a.created_at
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +?1
          AND a.company_id = +c.id
          AND coalesce(a.change_id, 0) <= 9), (
          SELECT a.created_at
          FROM company_access_history AS a
          WHERE a.user_id = +?1
          AND a.company_id = +c.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))), '') AS k
    FROM (
      SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.gone = 1
      AND e.change_id > 9
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_entity AS b
        WHERE b.kind = e.kind
        AND b.id = e.id
        AND b.change_id > 9
        AND b.change_id < e.change_id
        AND (b.gone = 1 OR b.before IS NULL))
      GROUP BY e.id) AS c
    LIMIT -1) AS c
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by name, filtered, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +p.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.company_id = +p.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l
      WHERE l.id NOT IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id > 9
        AND (e.gone = 1 OR e.before IS NULL))
      AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
        OR +l.created_at IS NULL
        OR l.id IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'company'
          AND e.change_id <= 9
          AND e.gone = 0
          AND e.before IS NULL)
        OR (EXISTS (
            SELECT 1
            FROM hrm_user_company_access AS a
            WHERE a.company_id = +l.id
            AND coalesce(a.change_id, 0) <= 9)
          OR EXISTS (
            SELECT 1
            FROM company_access_history AS a
            WHERE a.company_id = +l.id
            AND a.ended_change > 9
            AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
    UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
    FROM (
      SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.gone = 1
      AND e.change_id > 9
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_entity AS b
        WHERE b.kind = e.kind
        AND b.id = e.id
        AND b.change_id > 9
        AND b.change_id < e.change_id
        AND (b.gone = 1 OR b.before IS NULL))
      GROUP BY e.id) AS c
    ORDER BY k, id
    LIMIT 5000) AS c
  WHERE NOT c.is_active
  AND (company_access_finds(?1, c.name, c.code, c.id))
  AND NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.company_id = +c.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.company_id = +c.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by name, filtered, at a change, first page
-- Listing.hasMoreThanNearby
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
  UNION ALL SELECT 1
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c
  LIMIT 5000);

-- companies by name, filtered, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
  WHERE NOT c.is_active
  AND (company_access_finds(?1, c.name, c.code, c.id))
  AND NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.company_id = +c.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.company_id = +c.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))) + (
  SELECT count(*)
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c
  WHERE NOT c.is_active
  AND (company_access_finds(?1, c.name, c.code, c.id))
  AND NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.company_id = +c.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.company_id = +c.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9))));

-- one user, at a change
-- UserReading.user
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +u.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +u.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l
  WHERE l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))
  AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
    OR +l.created_at IS NULL
    OR l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.user_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
WHERE u.id = ?1
UNION ALL SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +u.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +u.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL
FROM (
  SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
  FROM company_access_entity AS e
  WHERE e.kind = 'user'
  AND e.gone = 1
  AND e.change_id > 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS b
    WHERE b.kind = e.kind
    AND b.id = e.id
    AND b.change_id > 9
    AND b.change_id < e.change_id
    AND (b.gone = 1 OR b.before IS NULL))
  GROUP BY e.id) AS u
WHERE u.id = ?1;

-- one company, at a change
-- CompanyReading.company
SELECT c.id, c.name, c.code, c.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +c.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.company_id = +c.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l
  WHERE l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))
  AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
    OR +l.created_at IS NULL
    OR l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.company_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.company_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
WHERE c.id = ?1
UNION ALL SELECT c.id, c.name, c.code, c.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +c.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.company_id = +c.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)), NULL, NULL, NULL, NULL
FROM (
  SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
  FROM company_access_entity AS e
  WHERE e.kind = 'company'
  AND e.gone = 1
  AND e.change_id > 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS b
    WHERE b.kind = e.kind
    AND b.id = e.id
    AND b.change_id > 9
    AND b.change_id < e.change_id
    AND (b.gone = 1 OR b.before IS NULL))
  GROUP BY e.id) AS c
WHERE c.id = ?1;

-- names
-- NameQueries.users
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l
  WHERE l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))
  AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
    OR +l.created_at IS NULL
    OR l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.user_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
WHERE u.username = ? COLLATE BINARY
ORDER BY u.id
LIMIT 20;

-- names
-- NameQueries.users
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active
FROM (
  SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
  FROM company_access_entity AS e
  WHERE e.kind = 'user'
  AND e.gone = 1
  AND e.change_id > 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS b
    WHERE b.kind = e.kind
    AND b.id = e.id
    AND b.change_id > 9
    AND b.change_id < e.change_id
    AND (b.gone = 1 OR b.before IS NULL))
  GROUP BY e.id) AS u
WHERE u.username = ? COLLATE BINARY
ORDER BY u.id
LIMIT 20;

-- names
-- NameQueries.users
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l
  WHERE l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))
  AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
    OR +l.created_at IS NULL
    OR l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.user_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
WHERE (u.id IN (?) AND typeof(u.id) <> 'integer' OR u.id = ? AND typeof(u.id) = 'integer')
ORDER BY u.id
LIMIT 20;

-- names
-- NameQueries.users
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active
FROM (
  SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
  FROM company_access_entity AS e
  WHERE e.kind = 'user'
  AND e.gone = 1
  AND e.change_id > 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS b
    WHERE b.kind = e.kind
    AND b.id = e.id
    AND b.change_id > 9
    AND b.change_id < e.change_id
    AND (b.gone = 1 OR b.before IS NULL))
  GROUP BY e.id) AS u
WHERE (u.id IN (?) AND typeof(u.id) <> 'integer' OR u.id = ? AND typeof(u.id) = 'integer')
ORDER BY u.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l
  WHERE l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))
  AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
    OR +l.created_at IS NULL
    OR l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.company_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.company_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
WHERE c.code = ? COLLATE BINARY
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
  FROM company_access_entity AS e
  WHERE e.kind = 'company'
  AND e.gone = 1
  AND e.change_id > 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS b
    WHERE b.kind = e.kind
    AND b.id = e.id
    AND b.change_id > 9
    AND b.change_id < e.change_id
    AND (b.gone = 1 OR b.before IS NULL))
  GROUP BY e.id) AS c
WHERE c.code = ? COLLATE BINARY
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l
  WHERE l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))
  AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
    OR +l.created_at IS NULL
    OR l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.company_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.company_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
WHERE c.name = ? COLLATE BINARY
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
  FROM company_access_entity AS e
  WHERE e.kind = 'company'
  AND e.gone = 1
  AND e.change_id > 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS b
    WHERE b.kind = e.kind
    AND b.id = e.id
    AND b.change_id > 9
    AND b.change_id < e.change_id
    AND (b.gone = 1 OR b.before IS NULL))
  GROUP BY e.id) AS c
WHERE c.name = ? COLLATE BINARY
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l
  WHERE l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))
  AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
    OR +l.created_at IS NULL
    OR l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.company_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.company_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
WHERE c.id IN (?)
AND typeof(c.id) <> 'integer'
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
  FROM company_access_entity AS e
  WHERE e.kind = 'company'
  AND e.gone = 1
  AND e.change_id > 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS b
    WHERE b.kind = e.kind
    AND b.id = e.id
    AND b.change_id > 9
    AND b.change_id < e.change_id
    AND (b.gone = 1 OR b.before IS NULL))
  GROUP BY e.id) AS c
WHERE c.id IN (?)
AND typeof(c.id) <> 'integer'
ORDER BY c.id
LIMIT 20;

-- check, at a change
-- UserReading.mayEnter
SELECT (EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1
    AND a.company_id = +?2
    AND coalesce(a.change_id, 0) <= 9)
  OR EXISTS (
    SELECT 1
    FROM company_access_history AS a
    WHERE a.user_id = +?1
    AND a.company_id = +?2
    AND a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)));

-- coverage, at a change
-- Relations+Orphans.isMissing
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT id, sum(n) AS n
    FROM (
      SELECT a.user_id AS id, count(*) AS n
      FROM hrm_user_company_access AS a
      WHERE coalesce(a.change_id, 0) <= 9
      GROUP BY a.user_id
      UNION ALL SELECT a.user_id AS id, count(*) AS n
      FROM company_access_history AS a
      WHERE a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)
      GROUP BY a.user_id)
    GROUP BY id) AS g
  WHERE NOT (EXISTS (
      SELECT 1
      FROM (
        SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_users AS l
        WHERE l.id NOT IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'user'
          AND e.change_id > 9
          AND (e.gone = 1 OR e.before IS NULL))
        AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
          OR +l.created_at IS NULL
          OR l.id IN (
            SELECT e.id
            FROM company_access_entity AS e
            WHERE e.kind = 'user'
            AND e.change_id <= 9
            AND e.gone = 0
            AND e.before IS NULL)
          OR (EXISTS (
              SELECT 1
              FROM hrm_user_company_access AS a
              WHERE a.user_id = +l.id
              AND coalesce(a.change_id, 0) <= 9)
            OR EXISTS (
              SELECT 1
              FROM company_access_history AS a
              WHERE a.user_id = +l.id
              AND a.ended_change > 9
              AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS o
      WHERE o.id = g.id)
    OR EXISTS (
      SELECT 1
      FROM (
        SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.gone = 1
        AND e.change_id > 9
        AND NOT EXISTS (
          SELECT 1
          FROM company_access_entity AS b
          WHERE b.kind = e.kind
          AND b.id = e.id
          AND b.change_id > 9
          AND b.change_id < e.change_id
          AND (b.gone = 1 OR b.before IS NULL))
        GROUP BY e.id) AS o
      WHERE o.id = g.id)));

-- coverage, at a change
-- Relations+Orphans.isMissing
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT id, sum(n) AS n
    FROM (
      SELECT a.company_id AS id, count(*) AS n
      FROM hrm_user_company_access AS a
      WHERE coalesce(a.change_id, 0) <= 9
      GROUP BY a.company_id
      UNION ALL SELECT a.company_id AS id, count(*) AS n
      FROM company_access_history AS a
      WHERE a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)
      GROUP BY a.company_id)
    GROUP BY id) AS g
  WHERE NOT (EXISTS (
      SELECT 1
      FROM (
        SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_company AS l
        WHERE l.id NOT IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'company'
          AND e.change_id > 9
          AND (e.gone = 1 OR e.before IS NULL))
        AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
          OR +l.created_at IS NULL
          OR l.id IN (
            SELECT e.id
            FROM company_access_entity AS e
            WHERE e.kind = 'company'
            AND e.change_id <= 9
            AND e.gone = 0
            AND e.before IS NULL)
          OR (EXISTS (
              SELECT 1
              FROM hrm_user_company_access AS a
              WHERE a.company_id = +l.id
              AND coalesce(a.change_id, 0) <= 9)
            OR EXISTS (
              SELECT 1
              FROM company_access_history AS a
              WHERE a.company_id = +l.id
              AND a.ended_change > 9
              AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS o
      WHERE o.id = g.id)
    OR EXISTS (
      SELECT 1
      FROM (
        SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.gone = 1
        AND e.change_id > 9
        AND NOT EXISTS (
          SELECT 1
          FROM company_access_entity AS b
          WHERE b.kind = e.kind
          AND b.id = e.id
          AND b.change_id > 9
          AND b.change_id < e.change_id
          AND (b.gone = 1 OR b.before IS NULL))
        GROUP BY e.id) AS o
      WHERE o.id = g.id)));

-- coverage, at a change
-- StatisticsReading.init
SELECT (SELECT count(*) FROM hrm_users AS l) - (
  SELECT count(*)
  FROM hrm_users AS l
  WHERE l.id IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) - (
  SELECT count(*)
  FROM hrm_users AS l
  WHERE l.created_at > (SELECT at FROM company_access_change WHERE id = 9)
  AND NOT (l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.user_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))
  AND l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) + (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)), (
  SELECT count(*) FROM hrm_company AS l) - (
  SELECT count(*)
  FROM hrm_company AS l
  WHERE l.id IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) - (
  SELECT count(*)
  FROM hrm_company AS l
  WHERE l.created_at > (SELECT at FROM company_access_change WHERE id = 9)
  AND NOT (l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.company_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.company_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))
  AND l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) + (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)), (
  SELECT count(*) FROM hrm_user_company_access) - (
  SELECT count(*) FROM hrm_user_company_access WHERE change_id > 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.ended_change > 9
  AND (+a.granted_change IS NULL OR +a.granted_change <= 9)) - 0, NULL;

-- statistics, at a change
-- StatisticsReading.init
SELECT g.n, (EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l
      WHERE l.id NOT IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id > 9
        AND (e.gone = 1 OR e.before IS NULL))
      AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
        OR +l.created_at IS NULL
        OR l.id IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'user'
          AND e.change_id <= 9
          AND e.gone = 0
          AND e.before IS NULL)
        OR (EXISTS (
            SELECT 1
            FROM hrm_user_company_access AS a
            WHERE a.user_id = +l.id
            AND coalesce(a.change_id, 0) <= 9)
          OR EXISTS (
            SELECT 1
            FROM company_access_history AS a
            WHERE a.user_id = +l.id
            AND a.ended_change > 9
            AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS o
    WHERE o.id = g.id)
  OR EXISTS (
    SELECT 1
    FROM (
      SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.gone = 1
      AND e.change_id > 9
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_entity AS b
        WHERE b.kind = e.kind
        AND b.id = e.id
        AND b.change_id > 9
        AND b.change_id < e.change_id
        AND (b.gone = 1 OR b.before IS NULL))
      GROUP BY e.id) AS o
    WHERE o.id = g.id))
FROM (
  SELECT id, sum(n) AS n
  FROM (
    SELECT a.user_id AS id, count(*) AS n
    FROM hrm_user_company_access AS a
    WHERE coalesce(a.change_id, 0) <= 9
    GROUP BY a.user_id
    UNION ALL SELECT a.user_id AS id, count(*) AS n
    FROM company_access_history AS a
    WHERE a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)
    GROUP BY a.user_id)
  GROUP BY id) AS g;

-- statistics, at a change
-- StatisticsReading.largestCompanies
SELECT c.id, c.name, c.code, c.is_active, g.n, NULL, NULL, NULL, NULL, sum(g.n) OVER ()
FROM (
  SELECT id, sum(n) AS n
  FROM (
    SELECT a.company_id AS id, count(*) AS n
    FROM hrm_user_company_access AS a
    WHERE coalesce(a.change_id, 0) <= 9
    GROUP BY a.company_id
    UNION ALL SELECT a.company_id AS id, count(*) AS n
    FROM company_access_history AS a
    WHERE a.ended_change > 9
    AND (a.granted_change IS NULL OR a.granted_change <= 9)
    GROUP BY a.company_id)
  GROUP BY id) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9)))))
  UNION ALL SELECT *
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)) AS c ON c.id = g.id
ORDER BY g.n DESC, c.name, c.id
LIMIT 10;

-- statistics, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.company_id = +c.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.company_id = +c.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))) + (
  SELECT count(*)
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.company_id = +c.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.company_id = +c.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9))));

-- statistics, at a change
-- StatisticsReading.inactiveUsersWithAccess
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  WHERE NOT u.is_active
  AND (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9)))) + (
  SELECT count(*)
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  WHERE NOT u.is_active
  AND (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND coalesce(a.change_id, 0) <= 9)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.ended_change > 9
      AND (a.granted_change IS NULL OR a.granted_change <= 9))));

-- statistics, at a change
-- StatisticsReading.init
SELECT (SELECT count(*) FROM hrm_users AS l) - (
  SELECT count(*)
  FROM hrm_users AS l
  WHERE l.id IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) - (
  SELECT count(*)
  FROM hrm_users AS l
  WHERE l.created_at > (SELECT at FROM company_access_change WHERE id = 9)
  AND NOT (l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.user_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))
  AND l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) + (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)), (
  SELECT count(*) FROM hrm_company AS l) - (
  SELECT count(*)
  FROM hrm_company AS l
  WHERE l.id IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) - (
  SELECT count(*)
  FROM hrm_company AS l
  WHERE l.created_at > (SELECT at FROM company_access_change WHERE id = 9)
  AND NOT (l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.company_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.company_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))
  AND l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))) + (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)), 1145, NULL;

-- log
-- ChangeLog.changes
SELECT id, at, actor, origin, action, reason, added, removed, undoes, (
  SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN min(CASE WHEN x.undoes IS NULL THEN '' WHEN e.gone THEN 'deleted ' WHEN e.before IS NULL THEN 'brought back ' ELSE 'changed back ' END || e.kind || ' ' || coalesce(e.name, e.id)) ELSE CASE WHEN x.undoes IS NOT NULL
  AND sum(e.gone) > 0 THEN 'deleted ' || sum(e.gone) || ' of ' ELSE '' END || count(*) || ' users and companies' END
  FROM company_access_entity AS e
  WHERE e.change_id = x.id)
FROM company_access_change AS x
ORDER BY x.id DESC
LIMIT 20;

-- log
-- ChangeLog.changes
SELECT id, at, actor, origin, action, reason, added, removed, undoes, (
  SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN min(CASE WHEN x.undoes IS NULL THEN '' WHEN e.gone THEN 'deleted ' WHEN e.before IS NULL THEN 'brought back ' ELSE 'changed back ' END || e.kind || ' ' || coalesce(e.name, e.id)) ELSE CASE WHEN x.undoes IS NOT NULL
  AND sum(e.gone) > 0 THEN 'deleted ' || sum(e.gone) || ' of ' ELSE '' END || count(*) || ' users and companies' END
  FROM company_access_entity AS e
  WHERE e.change_id = x.id)
FROM company_access_change AS x
WHERE (x.actor = ?1
  OR substr(x.actor, 1, length(?2)) = ?2
  OR substr(x.actor, 1, length(?3)) = ?3
  OR instr(x.actor, ?4) > 0)
AND x.id IN (
  SELECT a.change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = ?5
  AND a.company_id = ?6
  UNION ALL SELECT a.granted_change
  FROM company_access_history AS a
  WHERE a.user_id = ?5
  AND a.company_id = ?6
  UNION ALL SELECT a.ended_change
  FROM company_access_history AS a
  WHERE a.user_id = ?5
  AND a.company_id = ?6
  UNION ALL SELECT e.change_id
  FROM company_access_entity AS e
  WHERE e.kind = 'user'
  AND e.id = ?5
  UNION ALL SELECT e.change_id
  FROM company_access_entity AS e
  WHERE e.kind = 'company'
  AND e.id = ?6)
ORDER BY x.id DESC
LIMIT 20;

-- log
-- ChangeLog.actors
SELECT DISTINCT actor FROM company_access_change ORDER BY actor LIMIT ?;

-- log
-- ChangeLog.changes
SELECT id, at, actor, origin, action, reason, added, removed, undoes, (
  SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN min(CASE WHEN x.undoes IS NULL THEN '' WHEN e.gone THEN 'deleted ' WHEN e.before IS NULL THEN 'brought back ' ELSE 'changed back ' END || e.kind || ' ' || coalesce(e.name, e.id)) ELSE CASE WHEN x.undoes IS NOT NULL
  AND sum(e.gone) > 0 THEN 'deleted ' || sum(e.gone) || ' of ' ELSE '' END || count(*) || ' users and companies' END
  FROM company_access_entity AS e
  WHERE e.change_id = x.id)
FROM company_access_change AS x
ORDER BY x.id DESC
LIMIT 3;

-- log
-- AccessStore+Changes.isUndone
SELECT id, undoes FROM company_access_change WHERE id > ? AND undoes >= ? ORDER BY id DESC;

-- log
-- ChangePairs.entities
SELECT e.kind, e.id, e.change_id, e.name, e.gone, e.before, e.after
FROM company_access_entity AS e
WHERE e.change_id = ?
ORDER BY e.rowid
LIMIT ?;

-- log
-- ChangePairs.init
SELECT count(*) FROM company_access_change WHERE id = ?;

-- log
-- ChangePairs.rows
SELECT p.user_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.id = p.user_id
    AND e.gone = 1
    AND e.change_id >= 31
    ORDER BY e.change_id
    LIMIT 1), u.username), (u.username IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = p.user_id
      AND e.gone = 1
      AND e.change_id >= 31
      ORDER BY e.change_id
      LIMIT 1), u.username) IS NOT u.username), p.company_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = p.company_id
    AND e.gone = 1
    AND e.change_id >= 31
    ORDER BY e.change_id
    LIMIT 1), c.name), (c.name IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = p.company_id
      AND e.gone = 1
      AND e.change_id >= 31
      ORDER BY e.change_id
      LIMIT 1), c.name) IS NOT c.name), (EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.user_id
    AND a.company_id = +p.company_id)), p.n, p.ended
FROM (
  SELECT a.rowid AS n, a.user_id, a.company_id, NULL AS ended
  FROM hrm_user_company_access AS a
  WHERE a.change_id = 31
  AND a.rowid > -9223372036854775808
  ORDER BY a.rowid
  LIMIT 21) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY p.ended, p.n;

-- log
-- ChangePairs.rows
SELECT p.user_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.id = p.user_id
    AND e.gone = 1
    AND e.change_id >= 31
    ORDER BY e.change_id
    LIMIT 1), u.username), (u.username IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = p.user_id
      AND e.gone = 1
      AND e.change_id >= 31
      ORDER BY e.change_id
      LIMIT 1), u.username) IS NOT u.username), p.company_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = p.company_id
    AND e.gone = 1
    AND e.change_id >= 31
    ORDER BY e.change_id
    LIMIT 1), c.name), (c.name IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = p.company_id
      AND e.gone = 1
      AND e.change_id >= 31
      ORDER BY e.change_id
      LIMIT 1), c.name) IS NOT c.name), (EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.user_id
    AND a.company_id = +p.company_id)), p.n, p.ended
FROM (
  SELECT h.rowid AS n, h.user_id, h.company_id, h.ended_change AS ended
  FROM company_access_history AS h
  WHERE h.ended_change >= 31
  AND h.granted_change = 31
  AND (h.ended_change, h.rowid) > (-9223372036854775808, -9223372036854775808)
  ORDER BY h.ended_change, h.rowid
  LIMIT 21) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY p.ended, p.n;

-- log
-- ChangePairs.rows
SELECT p.user_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.id = p.user_id
    AND e.gone = 1
    AND e.change_id >= 31
    ORDER BY e.change_id
    LIMIT 1), u.username), (u.username IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = p.user_id
      AND e.gone = 1
      AND e.change_id >= 31
      ORDER BY e.change_id
      LIMIT 1), u.username) IS NOT u.username), p.company_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = p.company_id
    AND e.gone = 1
    AND e.change_id >= 31
    ORDER BY e.change_id
    LIMIT 1), c.name), (c.name IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = p.company_id
      AND e.gone = 1
      AND e.change_id >= 31
      ORDER BY e.change_id
      LIMIT 1), c.name) IS NOT c.name), (EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.user_id
    AND a.company_id = +p.company_id)), p.n, p.ended
FROM (
  SELECT h.rowid AS n, h.user_id, h.company_id, NULL AS ended
  FROM company_access_history AS h
  WHERE h.ended_change = 31
  AND h.rowid > -9223372036854775808
  ORDER BY h.rowid
  LIMIT 21) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY p.ended, p.n;

-- log
-- ChangePairs.rows
SELECT p.user_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.id = p.user_id
    AND e.gone = 1
    AND e.change_id >= 30
    ORDER BY e.change_id
    LIMIT 1), u.username), (u.username IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = p.user_id
      AND e.gone = 1
      AND e.change_id >= 30
      ORDER BY e.change_id
      LIMIT 1), u.username) IS NOT u.username), p.company_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = p.company_id
    AND e.gone = 1
    AND e.change_id >= 30
    ORDER BY e.change_id
    LIMIT 1), c.name), (c.name IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = p.company_id
      AND e.gone = 1
      AND e.change_id >= 30
      ORDER BY e.change_id
      LIMIT 1), c.name) IS NOT c.name), (EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.user_id
    AND a.company_id = +p.company_id)), p.n, p.ended
FROM (
  SELECT a.rowid AS n, a.user_id, a.company_id, NULL AS ended
  FROM hrm_user_company_access AS a
  WHERE a.change_id = 30
  AND a.rowid > -9223372036854775808
  ORDER BY a.rowid
  LIMIT 21) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY p.ended, p.n;

-- log
-- ChangePairs.rows
SELECT p.user_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.id = p.user_id
    AND e.gone = 1
    AND e.change_id >= 30
    ORDER BY e.change_id
    LIMIT 1), u.username), (u.username IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = p.user_id
      AND e.gone = 1
      AND e.change_id >= 30
      ORDER BY e.change_id
      LIMIT 1), u.username) IS NOT u.username), p.company_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = p.company_id
    AND e.gone = 1
    AND e.change_id >= 30
    ORDER BY e.change_id
    LIMIT 1), c.name), (c.name IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = p.company_id
      AND e.gone = 1
      AND e.change_id >= 30
      ORDER BY e.change_id
      LIMIT 1), c.name) IS NOT c.name), (EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.user_id
    AND a.company_id = +p.company_id)), p.n, p.ended
FROM (
  SELECT h.rowid AS n, h.user_id, h.company_id, h.ended_change AS ended
  FROM company_access_history AS h
  WHERE h.ended_change >= 30
  AND h.granted_change = 30
  AND (h.ended_change, h.rowid) > (-9223372036854775808, -9223372036854775808)
  ORDER BY h.ended_change, h.rowid
  LIMIT 21) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY p.ended, p.n;

-- log
-- ChangePairs.rows
SELECT p.user_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.id = p.user_id
    AND e.gone = 1
    AND e.change_id >= 29
    ORDER BY e.change_id
    LIMIT 1), u.username), (u.username IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.id = p.user_id
      AND e.gone = 1
      AND e.change_id >= 29
      ORDER BY e.change_id
      LIMIT 1), u.username) IS NOT u.username), p.company_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = p.company_id
    AND e.gone = 1
    AND e.change_id >= 29
    ORDER BY e.change_id
    LIMIT 1), c.name), (c.name IS NULL
  OR coalesce((
      SELECT e.name
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.id = p.company_id
      AND e.gone = 1
      AND e.change_id >= 29
      ORDER BY e.change_id
      LIMIT 1), c.name) IS NOT c.name), (EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +p.user_id
    AND a.company_id = +p.company_id)), p.n, p.ended
FROM (
  SELECT a.rowid AS n, a.user_id, a.company_id, NULL AS ended
  FROM hrm_user_company_access AS a
  WHERE a.change_id = 29
  AND a.rowid > -9223372036854775808
  ORDER BY a.rowid
  LIMIT 21) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY p.ended, p.n;

-- deleted
-- ChangePairs.deletedUsers
SELECT e.kind, e.id, e.change_id, e.name, e.gone, e.before, e.after
FROM company_access_entity AS e
WHERE e.kind = 'user'
AND e.gone = 1
AND (e.name = ?1 OR CAST(e.id AS TEXT) = ?1)
ORDER BY e.change_id DESC, e.rowid DESC
LIMIT 100;

-- deleted
-- DeletedCompanies.deletedCompanies
SELECT e.kind, e.id, e.change_id, e.name, e.gone, e.before, e.after
FROM company_access_entity AS e
WHERE e.kind = 'company'
AND e.gone = 1
AND (e.name = ? OR e.id IN (?) OR CAST(e.id AS TEXT) = ?)
ORDER BY e.change_id DESC, e.rowid DESC
LIMIT 100;

-- diff
-- Connection.configure
PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;

-- diff
-- Connection.configure
PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;

-- diff
-- Connection.configure
PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;

-- diff
-- Connection.configure
PRAGMA cache_size = -16384;

-- diff
-- Connection.setForeignKeys
PRAGMA foreign_keys = ON;

-- diff
-- Connection.foreignKeys
PRAGMA foreign_keys;

-- diff
-- Connection.configure
PRAGMA query_only = ON;

-- diff
-- Diff.differences
SELECT p.user_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.id = p.user_id
    AND e.gone = 1
    AND e.change_id >= CASE WHEN p.d > 0 THEN 9223372036854775807 ELSE 10 END
    ORDER BY e.change_id
    LIMIT 1), u.username, p.user_id) AS who, p.company_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = p.company_id
    AND e.gone = 1
    AND e.change_id >= CASE WHEN p.d > 0 THEN 9223372036854775807 ELSE 10 END
    ORDER BY e.change_id
    LIMIT 1), c.name, p.company_id) AS what, CASE WHEN EXISTS (
  SELECT 1 FROM hrm_company AS o WHERE o.code = c.name AND o.id <> c.id) THEN c.code END, p.d
FROM (
  SELECT user_id, company_id, sum(d) AS d
  FROM (
    SELECT a.user_id, a.company_id, 1 AS d
    FROM hrm_user_company_access AS a
    WHERE a.change_id > 9
    AND a.change_id <= 9223372036854775807
    UNION ALL SELECT a.user_id, a.company_id, 1
    FROM company_access_history AS a
    WHERE a.ended_change > 9223372036854775807
    AND a.granted_change > 9
    AND a.granted_change <= 9223372036854775807
    UNION ALL SELECT a.user_id, a.company_id, -1
    FROM company_access_history AS a
    WHERE a.ended_change > 9
    AND a.ended_change <= 9223372036854775807
    AND (a.granted_change IS NULL OR a.granted_change <= 9))
  GROUP BY user_id, company_id HAVING sum(d) <> 0) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY who, what, p.user_id, p.company_id;

-- diff
-- Diff.differences
SELECT p.user_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.id = p.user_id
    AND e.gone = 1
    AND e.change_id >= CASE WHEN p.d > 0 THEN 9223372036854775807 ELSE 9223372036854775807 END
    ORDER BY e.change_id
    LIMIT 1), u.username, p.user_id) AS who, p.company_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = p.company_id
    AND e.gone = 1
    AND e.change_id >= CASE WHEN p.d > 0 THEN 9223372036854775807 ELSE 9223372036854775807 END
    ORDER BY e.change_id
    LIMIT 1), c.name, p.company_id) AS what, CASE WHEN EXISTS (
  SELECT 1 FROM hrm_company AS o WHERE o.code = c.name AND o.id <> c.id) THEN c.code END, p.d
FROM (
  SELECT user_id, company_id, sum(d) AS d
  FROM (
    SELECT ?1 AS user_id, company_id, 1 AS d
    FROM (
      SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?2)
    UNION ALL SELECT ?1, company_id, -1
    FROM (
      SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1))
  GROUP BY user_id, company_id HAVING sum(d) <> 0) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY who, what, p.user_id, p.company_id;

-- diff
-- Diff.differences
SELECT p.user_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.id = p.user_id
    AND e.gone = 1
    AND e.change_id >= CASE WHEN p.d > 0 THEN 9223372036854775807 ELSE 9223372036854775807 END
    ORDER BY e.change_id
    LIMIT 1), u.username, p.user_id) AS who, p.company_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = p.company_id
    AND e.gone = 1
    AND e.change_id >= CASE WHEN p.d > 0 THEN 9223372036854775807 ELSE 9223372036854775807 END
    ORDER BY e.change_id
    LIMIT 1), c.name, p.company_id) AS what, CASE WHEN EXISTS (
  SELECT 1 FROM hrm_company AS o WHERE o.code = c.name AND o.id <> c.id) THEN c.code END, p.d
FROM (
  SELECT user_id, company_id, sum(d) AS d
  FROM (
    SELECT user_id, ?1 AS company_id, 1 AS d
    FROM (
      SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
      FROM hrm_user_company_access AS a
      WHERE a.company_id = +?2)
    UNION ALL SELECT user_id, ?1, -1
    FROM (
      SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
      FROM hrm_user_company_access AS a
      WHERE a.company_id = +?1))
  GROUP BY user_id, company_id HAVING sum(d) <> 0) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY who, what, p.user_id, p.company_id;

-- export
-- SchemaMapping+Detection.hasUniqueIndex
SELECT count(*)
FROM temp.pragma_index_list(?1) AS l
WHERE l."unique"
AND NOT l.partial
AND (
  SELECT count(*) = 1
  AND max(lower(name)) = lower(?2)
  AND max(coll) = 'BINARY'
  FROM temp.pragma_index_xinfo(l.name)
  WHERE key);

-- export
-- ExportNames.shared
SELECT n.name
FROM (
  SELECT t.id AS id, t.code COLLATE BINARY AS name
  FROM hrm_company AS t
  UNION ALL SELECT t.id AS id, t.name COLLATE BINARY AS name
  FROM hrm_company AS t) AS n
WHERE typeof(n.name) = 'text'
GROUP BY n.name COLLATE BINARY HAVING count(DISTINCT n.id) > 1;

-- export
-- ExportNames.init
SELECT u.username
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u;

-- export
-- ExportNames.init
SELECT c.name, c.code
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c;

-- export
-- ExportReader.forEachRow
SELECT u.id, u.username, c.id, c.name, c.code, a.created_at, (
  SELECT actor FROM company_access_change WHERE id = a.change_id)
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l)) AS u
CROSS JOIN (
  SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
  FROM hrm_user_company_access AS a) AS a
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l)) AS c
WHERE a.user_id = u.id
AND c.id = a.company_id
ORDER BY u.username, u.id, c.name, c.id;

-- export
-- ExportReader.forEachRow
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l)) AS u
ORDER BY u.username, u.id;

-- export
-- ExportReader.forEachRow
SELECT c.id, c.name, c.code, c.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l)) AS c
ORDER BY c.name, c.id;

-- export
-- ExportNames.shared
SELECT n.name
FROM (
  SELECT u.id AS id, u.username COLLATE BINARY AS name
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u
  UNION ALL SELECT u.id AS id, u.username COLLATE BINARY AS name
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  UNION ALL SELECT t.id AS id, t.username COLLATE BINARY AS name
  FROM hrm_users AS t) AS n
WHERE typeof(n.name) = 'text'
GROUP BY n.name COLLATE BINARY HAVING count(DISTINCT n.id) > 1;

-- export
-- ExportNames.shared
SELECT n.name
FROM (
  SELECT c.id AS id, c.name COLLATE BINARY AS name
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
  UNION ALL SELECT c.id AS id, c.code COLLATE BINARY AS name
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c
  UNION ALL SELECT c.id AS id, c.name COLLATE BINARY AS name
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c
  UNION ALL SELECT c.id AS id, c.code COLLATE BINARY AS name
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c
  UNION ALL SELECT t.id AS id, t.code COLLATE BINARY AS name
  FROM hrm_company AS t
  UNION ALL SELECT t.id AS id, t.name COLLATE BINARY AS name
  FROM hrm_company AS t) AS n
WHERE typeof(n.name) = 'text'
GROUP BY n.name COLLATE BINARY HAVING count(DISTINCT n.id) > 1;

-- export
-- ExportNames.init
SELECT u.username
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l
  WHERE l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))
  AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
    OR +l.created_at IS NULL
    OR l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.user_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS u;

-- export
-- ExportNames.init
SELECT u.username
FROM (
  SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
  FROM company_access_entity AS e
  WHERE e.kind = 'user'
  AND e.gone = 1
  AND e.change_id > 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS b
    WHERE b.kind = e.kind
    AND b.id = e.id
    AND b.change_id > 9
    AND b.change_id < e.change_id
    AND (b.gone = 1 OR b.before IS NULL))
  GROUP BY e.id) AS u;

-- export
-- ExportNames.init
SELECT c.name, c.code
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l
  WHERE l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 9
    AND (e.gone = 1 OR e.before IS NULL))
  AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
    OR +l.created_at IS NULL
    OR l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id <= 9
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (
        SELECT 1
        FROM hrm_user_company_access AS a
        WHERE a.company_id = +l.id
        AND coalesce(a.change_id, 0) <= 9)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.company_id = +l.id
        AND a.ended_change > 9
        AND (a.granted_change IS NULL OR a.granted_change <= 9))))) AS c;

-- export
-- ExportNames.init
SELECT c.name, c.code
FROM (
  SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
  FROM company_access_entity AS e
  WHERE e.kind = 'company'
  AND e.gone = 1
  AND e.change_id > 9
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS b
    WHERE b.kind = e.kind
    AND b.id = e.id
    AND b.change_id > 9
    AND b.change_id < e.change_id
    AND (b.gone = 1 OR b.before IS NULL))
  GROUP BY e.id) AS c;

-- export
-- ExportReader.forEachRow
SELECT u.id, u.username, c.id, c.name, c.code, a.created_at, (
  SELECT actor FROM company_access_change WHERE id = a.change_id)
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9)))))
  UNION ALL SELECT *
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)) AS u
CROSS JOIN (
  SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
  FROM hrm_user_company_access AS a
  WHERE coalesce(a.change_id, 0) <= 9
  UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
  FROM company_access_history AS a
  WHERE a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9)) AS a
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9)))))
  UNION ALL SELECT *
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)) AS c
WHERE a.user_id = u.id
AND c.id = a.company_id
ORDER BY u.username, u.id, c.name, c.id;

-- export
-- ExportReader.forEachRow
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +u.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.user_id = +u.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9))
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.user_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9)))))
  UNION ALL SELECT *
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)) AS u
ORDER BY u.username, u.id;

-- export
-- ExportReader.forEachRow
SELECT c.id, c.name, c.code, c.is_active, (
  SELECT count(*)
  FROM hrm_user_company_access AS a
  WHERE a.company_id = +c.id
  AND coalesce(a.change_id, 0) <= 9) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.company_id = +c.id
  AND a.ended_change > 9
  AND (a.granted_change IS NULL OR a.granted_change <= 9))
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 9
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 9)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 9
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (
          SELECT 1
          FROM hrm_user_company_access AS a
          WHERE a.company_id = +l.id
          AND coalesce(a.change_id, 0) <= 9)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 9
          AND (a.granted_change IS NULL OR a.granted_change <= 9)))))
  UNION ALL SELECT *
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 9
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 9
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)) AS c
ORDER BY c.name, c.id;

-- import
-- Staging.init
SELECT count(*) FROM temp.pragma_database_list WHERE name = 'company_access_staged';

-- import
-- Staging.init
PRAGMA temp_store = FILE;

-- import
-- Staging.init
ATTACH '' AS company_access_staged;

-- import
-- Staging.init
PRAGMA temp_store = MEMORY; PRAGMA company_access_staged.synchronous = OFF; PRAGMA company_access_staged.cache_size = -32768;

-- import
-- Staging.init
PRAGMA company_access_staged.synchronous = OFF; PRAGMA company_access_staged.cache_size = -32768;

-- import
-- Staging.init
PRAGMA company_access_staged.cache_size = -32768;

-- import
-- Staging.init
CREATE TABLE company_access_staged.user (n INTEGER PRIMARY KEY, name TEXT NOT NULL, is_id INTEGER NOT NULL, called TEXT NOT NULL, line INTEGER NOT NULL, id, hits INTEGER NOT NULL DEFAULT 0, other TEXT);

-- import
-- Staging.init
CREATE UNIQUE INDEX company_access_staged.user_name ON user (name, is_id, called);

-- import
-- Staging.init
CREATE TABLE company_access_staged.company (n INTEGER PRIMARY KEY, name TEXT NOT NULL, is_id INTEGER NOT NULL, called TEXT NOT NULL, line INTEGER NOT NULL, id, hits INTEGER NOT NULL DEFAULT 0, other TEXT);

-- import
-- Staging.init
CREATE UNIQUE INDEX company_access_staged.company_name ON company (name, is_id, called);

-- import
-- Staging.init
CREATE TABLE company_access_staged.pair (u INTEGER NOT NULL, c INTEGER NOT NULL, grants INTEGER NOT NULL, line INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (u, c)) WITHOUT ROWID;

-- import
-- Staging.number
INSERT INTO company_access_staged.user (n, name, is_id, called, line)
VALUES (?4, ?1, ?2, ?3, ?5);

-- import
-- Staging.number
INSERT INTO company_access_staged.company (n, name, is_id, called, line)
VALUES (?4, ?1, ?2, ?3, ?5);

-- import
-- Staging.writeBatch
INSERT INTO company_access_staged.pair (u, c, grants, line, entry)
VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING;

-- import
-- Staging.writeBatch
INSERT INTO company_access_staged.pair (u, c, grants, line, entry)
VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING;

-- import
-- AccessStore+Import.stage
PRAGMA company_access_staged.user_version = 1;

-- import
-- StagedNames.resolve
UPDATE company_access_staged.user SET id = NULL, hits = 0, other = NULL;

-- import
-- StagedNames.resolveNames
UPDATE company_access_staged.user AS s
SET id = (SELECT t.id FROM hrm_users AS t WHERE t.username = s.name COLLATE BINARY)
WHERE NOT s.is_id
AND s.id IS NULL;

-- import
-- StagedNames+Forms.resolveOtherForms
SELECT s.n, s.name
FROM company_access_staged.user AS s
WHERE NOT s.is_id
AND s.id IS NULL
AND s.hits = 0
AND length(s.name) < length(CAST(s.name AS BLOB));

-- import
-- StagedNames.resolveIDs
SELECT n, name, called FROM company_access_staged.user WHERE is_id;

-- import
-- StagedNames.resolve
UPDATE company_access_staged.company SET id = NULL, hits = 0, other = NULL;

-- import
-- StagedNames.resolveNames
UPDATE company_access_staged.company AS s
SET id = (SELECT t.id FROM hrm_company AS t WHERE t.code = s.name COLLATE BINARY)
WHERE NOT s.is_id
AND s.id IS NULL;

-- import
-- StagedNames.resolveNames
UPDATE company_access_staged.company AS s
SET hits = 2
WHERE NOT s.is_id
AND s.id IS NOT NULL
AND EXISTS (SELECT 1 FROM hrm_company AS t WHERE t.name = s.name COLLATE BINARY AND t.id <> s.id);

-- import
-- StagedNames.resolveNames
UPDATE company_access_staged.company AS s
SET id = (SELECT t.id FROM hrm_company AS t WHERE t.name = s.name COLLATE BINARY)
WHERE NOT s.is_id
AND s.id IS NULL;

-- import
-- StagedNames+Forms.resolveOtherForms
SELECT s.n, s.name
FROM company_access_staged.company AS s
WHERE NOT s.is_id
AND s.id IS NULL
AND s.hits = 0
AND length(s.name) < length(CAST(s.name AS BLOB));

-- import
-- StagedNames.resolveIDs
SELECT n, name, called FROM company_access_staged.company WHERE is_id;

-- import
-- StagedNames.joinAliases
CREATE INDEX IF NOT EXISTS company_access_staged.user_id ON user (id);

-- import
-- StagedNames.joinAliases
SELECT s.n, (SELECT min(t.n) FROM company_access_staged.user AS t WHERE t.id = s.id) AS first
FROM company_access_staged.user AS s
WHERE s.id IS NOT NULL
AND s.n > first;

-- import
-- StagedNames.joinAliases
CREATE INDEX IF NOT EXISTS company_access_staged.company_id ON company (id);

-- import
-- StagedNames.joinAliases
SELECT s.n, (SELECT min(t.n) FROM company_access_staged.company AS t WHERE t.id = s.id) AS first
FROM company_access_staged.company AS s
WHERE s.id IS NOT NULL
AND s.n > first;

-- import
-- StagedNames.problems
SELECT count(*) FROM company_access_staged.user AS s WHERE s.hits > 1 OR s.id IS NULL;

-- import
-- StagedNames.problems
SELECT line, name, is_id, called, other
FROM company_access_staged.user AS s
WHERE s.hits > 1
OR s.id IS NULL
ORDER BY line
LIMIT 20;

-- import
-- StagedNames.problems
SELECT count(*) FROM company_access_staged.company AS s WHERE s.hits > 1 OR s.id IS NULL;

-- import
-- StagedNames.problems
SELECT line, name, is_id, called, other
FROM company_access_staged.company AS s
WHERE s.hits > 1
OR s.id IS NULL
ORDER BY line
LIMIT 20;

-- import
-- StagedNames.missing
SELECT count(*) FROM company_access_staged.user WHERE id IS NULL;

-- import
-- StagedNames.missing
SELECT count(*) FROM company_access_staged.company WHERE id IS NULL;

-- import
-- StagedPlanner.checkNames
PRAGMA company_access_staged.user_version;

-- import
-- StagedPlanner.plan
SELECT count(*) FROM company_access_staged.pair WHERE grants;

-- import
-- StagedPlanner.plan
SELECT count(*)
FROM company_access_staged.pair AS p JOIN company_access_staged.user AS su ON su.n = p.u JOIN company_access_staged.company AS sc ON sc.n = p.c
WHERE p.grants
AND EXISTS (
  SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = su.id AND a.company_id = sc.id);

-- import
-- StagedPlanner.writeDownLeaving
DROP TABLE IF EXISTS company_access_staged.leaving;

-- import
-- StagedPlanner.writeDownLeaving
CREATE TABLE company_access_staged.leaving (row INTEGER PRIMARY KEY, user_id, company_id);

-- import
-- StagedPlanner.writeDownLeaving
INSERT INTO company_access_staged.leaving SELECT a.rowid, a.user_id, a.company_id
FROM company_access_staged.pair AS p JOIN company_access_staged.user AS su ON su.n = p.u JOIN company_access_staged.company AS sc ON sc.n = p.c JOIN hrm_user_company_access AS a ON a.user_id = su.id
AND a.company_id = sc.id
WHERE NOT p.grants;

-- import
-- StagedPlanner.plan
SELECT count(*) FROM company_access_staged.pair WHERE NOT grants;

-- import
-- StagedPlanner.writeDownGiven
DROP TABLE IF EXISTS company_access_staged.given;

-- import
-- StagedPlanner.writeDownGiven
CREATE TABLE company_access_staged.given (user_id, c INTEGER NOT NULL);

-- import
-- StagedPlanner.plan
SELECT count(*) FROM company_access_staged.user;

-- import
-- StagedPlanner.plan
SELECT count(*) FROM company_access_staged.company;

-- import
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT l.user_id
  FROM company_access_staged.leaving AS l
  GROUP BY l.user_id HAVING count(*) = (
    SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = l.user_id)
  AND l.user_id NOT IN (
    SELECT s.id
    FROM company_access_staged.user AS s
    WHERE s.id IS NOT NULL
    AND s.n IN (SELECT u FROM company_access_staged.pair WHERE grants))
  AND l.user_id NOT IN (SELECT g.user_id FROM company_access_staged.given AS g)) SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
WHERE u.id IN (SELECT id FROM affected)
ORDER BY u.username, u.id
LIMIT 20;

-- import
-- PlanQueries.affectedCompanies
WITH affected(id) AS MATERIALIZED (
  SELECT l.company_id
  FROM company_access_staged.leaving AS l
  GROUP BY l.company_id HAVING count(*) = (
    SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = l.company_id)
  AND l.company_id NOT IN (
    SELECT s.id
    FROM company_access_staged.company AS s
    WHERE s.id IS NOT NULL
    AND s.n IN (SELECT c FROM company_access_staged.pair WHERE grants))) SELECT c.id, c.name, c.code, c.is_active, (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS n
  WHERE n.id IN (SELECT id FROM affected))
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE c.id IN (SELECT id FROM affected)
ORDER BY c.name, c.id
LIMIT 20;

-- import
-- StagedPlanner.inactive
SELECT count(*)
FROM company_access_staged.user AS s JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS t ON t.id = s.id
WHERE NOT t.is_active
AND EXISTS (
  SELECT 1
  FROM company_access_staged.pair AS p JOIN company_access_staged.user AS su ON su.n = p.u JOIN company_access_staged.company AS sc ON sc.n = p.c
  WHERE p.u = s.n
  AND p.grants
  AND NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = su.id AND a.company_id = sc.id));

-- import
-- StagedPlanner.inactive
SELECT count(*)
FROM company_access_staged.company AS s JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS t ON t.id = s.id
WHERE NOT t.is_active
AND EXISTS (
  SELECT 1
  FROM company_access_staged.pair AS p JOIN company_access_staged.user AS su ON su.n = p.u JOIN company_access_staged.company AS sc ON sc.n = p.c
  WHERE p.c = s.n
  AND p.grants
  AND NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = su.id AND a.company_id = sc.id));

-- import
-- Staging.init
DETACH company_access_staged;

-- import
-- AccessStore+Import.stage
PRAGMA company_access_staged.user_version = 2;

-- import
-- StagedPlanner.writeDownLeaving
INSERT INTO company_access_staged.leaving SELECT a.rowid, a.user_id, a.company_id
FROM hrm_user_company_access AS a
WHERE NOT EXISTS (
  SELECT 1
  FROM company_access_staged.user AS su
  CROSS JOIN company_access_staged.company AS sc
  CROSS JOIN company_access_staged.pair AS p
  WHERE su.id = a.user_id
  AND sc.id = a.company_id
  AND p.u = su.n
  AND p.c = sc.n
  AND p.grants);

-- import
-- AdministratorRule.isBroken
SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), 0)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1
      FROM (
        SELECT user_id, company_id, rowid AS row
        FROM hrm_user_company_access
        UNION ALL SELECT su.id, sc.id, 0
        FROM company_access_staged.pair AS p JOIN company_access_staged.user AS su ON su.n = p.u JOIN company_access_staged.company AS sc ON sc.n = p.c
        WHERE p.grants) AS a
      WHERE a.user_id = u.id
      AND a.company_id = c.id
      AND a.row NOT IN (SELECT row FROM company_access_staged.leaving))));

-- import
-- GrantWriter.collectRowIDs
INSERT INTO temp.company_access_picked_leaving SELECT row FROM company_access_staged.leaving;

-- diff
-- DiffFile.init
PRAGMA query_only = OFF;

-- diff
-- DiffFile.init
CREATE TABLE temp.company_access_file (user_id NOT NULL, company_id NOT NULL, grants INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (user_id, company_id)) WITHOUT ROWID;

-- diff
-- DiffFile.take
INSERT INTO temp.company_access_file (user_id, company_id, grants, line)
VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING;

-- diff
-- Diff.differences
SELECT p.user_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.id = p.user_id
    AND e.gone = 1
    AND e.change_id >= CASE WHEN p.d > 0 THEN 9223372036854775807 ELSE 9223372036854775807 END
    ORDER BY e.change_id
    LIMIT 1), u.username, p.user_id) AS who, p.company_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = p.company_id
    AND e.gone = 1
    AND e.change_id >= CASE WHEN p.d > 0 THEN 9223372036854775807 ELSE 9223372036854775807 END
    ORDER BY e.change_id
    LIMIT 1), c.name, p.company_id) AS what, CASE WHEN EXISTS (
  SELECT 1 FROM hrm_company AS o WHERE o.code = c.name AND o.id <> c.id) THEN c.code END, p.d
FROM (
  SELECT f.user_id, f.company_id, 1 AS d
  FROM temp.company_access_file AS f
  WHERE f.grants
  AND NOT (EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +f.user_id
      AND a.company_id = +f.company_id))
  UNION ALL SELECT g.user_id, g.company_id, -1
  FROM (
    SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
    FROM hrm_user_company_access AS a) AS g
  WHERE NOT EXISTS (
    SELECT 1
    FROM temp.company_access_file AS f
    WHERE f.user_id = +g.user_id
    AND f.company_id = +g.company_id
    AND f.grants)) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY who, what, p.user_id, p.company_id;

-- report
-- MomentAtTime.moment
SELECT id, at, actor, origin, action, reason, added, removed, undoes, (
  SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN min(CASE WHEN company_access_change.undoes IS NULL THEN '' WHEN e.gone THEN 'deleted ' WHEN e.before IS NULL THEN 'brought back ' ELSE 'changed back ' END || e.kind || ' ' || coalesce(e.name, e.id)) ELSE CASE WHEN company_access_change.undoes IS NOT NULL
  AND sum(e.gone) > 0 THEN 'deleted ' || sum(e.gone) || ' of ' ELSE '' END || count(*) || ' users and companies' END
  FROM company_access_entity AS e
  WHERE e.change_id = company_access_change.id)
FROM company_access_change
WHERE at <= ?
ORDER BY id DESC
LIMIT 1;

-- report
-- StatisticsReading.init
SELECT g.n, (EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l
      WHERE l.id NOT IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id > 32
        AND (e.gone = 1 OR e.before IS NULL))
      AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 32)
        OR +l.created_at IS NULL
        OR l.id IN (
          SELECT e.id
          FROM company_access_entity AS e
          WHERE e.kind = 'user'
          AND e.change_id <= 32
          AND e.gone = 0
          AND e.before IS NULL)
        OR (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +l.id)
          OR EXISTS (
            SELECT 1
            FROM company_access_history AS a
            WHERE a.user_id = +l.id
            AND a.ended_change > 32
            AND (a.granted_change IS NULL OR a.granted_change <= 32))))) AS o
    WHERE o.id = g.id)
  OR EXISTS (
    SELECT 1
    FROM (
      SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.gone = 1
      AND e.change_id > 32
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_entity AS b
        WHERE b.kind = e.kind
        AND b.id = e.id
        AND b.change_id > 32
        AND b.change_id < e.change_id
        AND (b.gone = 1 OR b.before IS NULL))
      GROUP BY e.id) AS o
    WHERE o.id = g.id))
FROM (
  SELECT id, sum(n) AS n
  FROM (
    SELECT a.user_id AS id, count(*) AS n
    FROM hrm_user_company_access AS a
    GROUP BY a.user_id
    UNION ALL SELECT a.user_id AS id, count(*) AS n
    FROM company_access_history AS a
    WHERE a.ended_change > 32
    AND (a.granted_change IS NULL OR a.granted_change <= 32)
    GROUP BY a.user_id)
  GROUP BY id) AS g;

-- report
-- StatisticsReading.largestCompanies
SELECT c.id, c.name, c.code, c.is_active, g.n, NULL, NULL, NULL, NULL, sum(g.n) OVER ()
FROM (
  SELECT id, sum(n) AS n
  FROM (
    SELECT a.company_id AS id, count(*) AS n
    FROM hrm_user_company_access AS a
    GROUP BY a.company_id
    UNION ALL SELECT a.company_id AS id, count(*) AS n
    FROM company_access_history AS a
    WHERE a.ended_change > 32
    AND (a.granted_change IS NULL OR a.granted_change <= 32)
    GROUP BY a.company_id)
  GROUP BY id) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 32
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 32)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 32
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.company_id = +l.id)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 32
          AND (a.granted_change IS NULL OR a.granted_change <= 32)))))
  UNION ALL SELECT *
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 32
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 32
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)) AS c ON c.id = g.id
ORDER BY g.n DESC, c.name, c.id
LIMIT 10;

-- report
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id > 32
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 32)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'company'
        AND e.change_id <= 32
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.company_id = +l.id)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.company_id = +l.id
          AND a.ended_change > 32
          AND (a.granted_change IS NULL OR a.granted_change <= 32))))) AS c
  WHERE NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.company_id = +c.id
      AND a.ended_change > 32
      AND (a.granted_change IS NULL OR a.granted_change <= 32)))) + (
  SELECT count(*)
  FROM (
    SELECT e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 32
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 32
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS c
  WHERE NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.company_id = +c.id
      AND a.ended_change > 32
      AND (a.granted_change IS NULL OR a.granted_change <= 32))));

-- report
-- StatisticsReading.inactiveUsersWithAccess
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED
    WHERE l.id NOT IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id > 32
      AND (e.gone = 1 OR e.before IS NULL))
    AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 32)
      OR +l.created_at IS NULL
      OR l.id IN (
        SELECT e.id
        FROM company_access_entity AS e
        WHERE e.kind = 'user'
        AND e.change_id <= 32
        AND e.gone = 0
        AND e.before IS NULL)
      OR (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +l.id)
        OR EXISTS (
          SELECT 1
          FROM company_access_history AS a
          WHERE a.user_id = +l.id
          AND a.ended_change > 32
          AND (a.granted_change IS NULL OR a.granted_change <= 32))))) AS u
  WHERE NOT u.is_active
  AND (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.ended_change > 32
      AND (a.granted_change IS NULL OR a.granted_change <= 32)))) + (
  SELECT count(*)
  FROM (
    SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 32
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 32
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id) AS u
  WHERE NOT u.is_active
  AND (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)
    OR EXISTS (
      SELECT 1
      FROM company_access_history AS a
      WHERE a.user_id = +u.id
      AND a.ended_change > 32
      AND (a.granted_change IS NULL OR a.granted_change <= 32))));

-- report
-- StatisticsReading.init
SELECT (SELECT count(*) FROM hrm_users AS l) - (
  SELECT count(*)
  FROM hrm_users AS l
  WHERE l.id IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 32
    AND (e.gone = 1 OR e.before IS NULL))) - (
  SELECT count(*)
  FROM hrm_users AS l
  WHERE l.created_at > (SELECT at FROM company_access_change WHERE id = 32)
  AND NOT (l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id <= 32
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +l.id)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.user_id = +l.id
        AND a.ended_change > 32
        AND (a.granted_change IS NULL OR a.granted_change <= 32))))
  AND l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 32
    AND (e.gone = 1 OR e.before IS NULL))) + (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.gone = 1
    AND e.change_id > 32
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 32
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)), (
  SELECT count(*) FROM hrm_company AS l) - (
  SELECT count(*)
  FROM hrm_company AS l
  WHERE l.id IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 32
    AND (e.gone = 1 OR e.before IS NULL))) - (
  SELECT count(*)
  FROM hrm_company AS l
  WHERE l.created_at > (SELECT at FROM company_access_change WHERE id = 32)
  AND NOT (l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'company'
      AND e.change_id <= 32
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.company_id = +l.id)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.company_id = +l.id
        AND a.ended_change > 32
        AND (a.granted_change IS NULL OR a.granted_change <= 32))))
  AND l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.change_id > 32
    AND (e.gone = 1 OR e.before IS NULL))) + (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.gone = 1
    AND e.change_id > 32
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_entity AS b
      WHERE b.kind = e.kind
      AND b.id = e.id
      AND b.change_id > 32
      AND b.change_id < e.change_id
      AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id)), 1145, NULL;

-- report
-- ReportWriter.writeAccess
SELECT (SELECT count(*) FROM hrm_user_company_access) - (
  SELECT count(*) FROM hrm_user_company_access WHERE change_id > 32) + (
  SELECT count(*)
  FROM company_access_history AS a
  WHERE a.ended_change > 32
  AND (+a.granted_change IS NULL OR +a.granted_change <= 32));

-- report
-- ReportWriter.writeAccess
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, NULL
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l
  WHERE l.id NOT IN (
    SELECT e.id
    FROM company_access_entity AS e
    WHERE e.kind = 'user'
    AND e.change_id > 32
    AND (e.gone = 1 OR e.before IS NULL))
  AND (+l.created_at <= (SELECT at FROM company_access_change WHERE id = 32)
    OR +l.created_at IS NULL
    OR l.id IN (
      SELECT e.id
      FROM company_access_entity AS e
      WHERE e.kind = 'user'
      AND e.change_id <= 32
      AND e.gone = 0
      AND e.before IS NULL)
    OR (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +l.id)
      OR EXISTS (
        SELECT 1
        FROM company_access_history AS a
        WHERE a.user_id = +l.id
        AND a.ended_change > 32
        AND (a.granted_change IS NULL OR a.granted_change <= 32))))) AS u
UNION ALL SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, NULL
FROM (
  SELECT e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role, 1 AS is_active
  FROM company_access_entity AS e
  WHERE e.kind = 'user'
  AND e.gone = 1
  AND e.change_id > 32
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_entity AS b
    WHERE b.kind = e.kind
    AND b.id = e.id
    AND b.change_id > 32
    AND b.change_id < e.change_id
    AND (b.gone = 1 OR b.before IS NULL))
  GROUP BY e.id) AS u
ORDER BY 2, 1;

-- report
-- ReportWriter.writeCompanies
SELECT g.company_id, coalesce((
    SELECT e.name
    FROM company_access_entity AS e
    WHERE e.kind = 'company'
    AND e.id = g.company_id
    AND e.gone = 1
    AND e.change_id >= 33
    ORDER BY e.change_id
    LIMIT 1), c.name) AS name, CASE WHEN (
  SELECT e.name
  FROM company_access_entity AS e
  WHERE e.kind = 'company'
  AND e.id = g.company_id
  AND e.gone = 1
  AND e.change_id >= 33
  ORDER BY e.change_id
  LIMIT 1) IS NULL THEN c.code END, CASE WHEN (
  SELECT e.name
  FROM company_access_entity AS e
  WHERE e.kind = 'company'
  AND e.id = g.company_id
  AND e.gone = 1
  AND e.change_id >= 33
  ORDER BY e.change_id
  LIMIT 1) IS NULL THEN c.is_active END, coalesce(x.at, g.created_at), x.actor, g.change_id, 1
FROM (
  SELECT a.user_id, a.company_id, a.created_at, a.change_id AS change_id
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  UNION ALL SELECT a.user_id, a.company_id, a.created_at, a.granted_change AS change_id
  FROM company_access_history AS a
  WHERE a.user_id = +?1
  AND a.ended_change > 32
  AND (a.granted_change IS NULL OR a.granted_change <= 32)) AS g
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = g.company_id
LEFT JOIN company_access_change AS x ON x.id = g.change_id
ORDER BY name, g.company_id;

-- report
-- ReportWriter.writeChanges
SELECT id, at, actor, origin, action, reason, added, removed, undoes, (
  SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN min(CASE WHEN company_access_change.undoes IS NULL THEN '' WHEN e.gone THEN 'deleted ' WHEN e.before IS NULL THEN 'brought back ' ELSE 'changed back ' END || e.kind || ' ' || coalesce(e.name, e.id)) ELSE CASE WHEN company_access_change.undoes IS NOT NULL
  AND sum(e.gone) > 0 THEN 'deleted ' || sum(e.gone) || ' of ' ELSE '' END || count(*) || ' users and companies' END
  FROM company_access_entity AS e
  WHERE e.change_id = company_access_change.id)
FROM company_access_change
WHERE id <= 32
AND at >= ?1
AND at <= ?2
ORDER BY id;

-- report
-- Report.schemaVersion
SELECT value FROM company_access_setting WHERE key = 'schema_version';

-- prune
-- Prune.init
SELECT id, at, actor, origin, action, reason, added, removed, undoes, (
  SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN min(CASE WHEN company_access_change.undoes IS NULL THEN '' WHEN e.gone THEN 'deleted ' WHEN e.before IS NULL THEN 'brought back ' ELSE 'changed back ' END || e.kind || ' ' || coalesce(e.name, e.id)) ELSE CASE WHEN company_access_change.undoes IS NOT NULL
  AND sum(e.gone) > 0 THEN 'deleted ' || sum(e.gone) || ' of ' ELSE '' END || count(*) || ' users and companies' END
  FROM company_access_entity AS e
  WHERE e.change_id = company_access_change.id)
FROM company_access_change
WHERE at <= ?1
ORDER BY id DESC
LIMIT 1;

-- prune
-- Prune.plan
SELECT count(*) FROM company_access_history AS h WHERE h.ended_change <= 13;

-- prune
-- Prune.plan
SELECT count(*)
FROM company_access_entity AS e
WHERE e.change_id <= 13
AND (e.gone = 0
  AND e.before IS NOT NULL
  OR e.kind = 'user'
  AND (e.gone = 1 OR e.id NOT IN (SELECT l.id FROM hrm_users AS l))
  AND e.id NOT IN (SELECT a.user_id FROM hrm_user_company_access AS a)
  AND e.id NOT IN (SELECT h.user_id FROM company_access_history AS h WHERE h.ended_change > 13)
  OR e.kind = 'company'
  AND (e.gone = 1 OR e.id NOT IN (SELECT l.id FROM hrm_company AS l))
  AND e.id NOT IN (SELECT a.company_id FROM hrm_user_company_access AS a)
  AND e.id NOT IN (SELECT h.company_id FROM company_access_history AS h WHERE h.ended_change > 13));
