-- The statements that the library runs, as SQLite gets them, each once. Above each stand what it
-- is for, and the file and function that run it. Of lists there are the first and the next page
-- in ascending order, of lists at a change the first; the others differ in the direction only.
-- Numbers of changes stand as :change.
-- The tests write this file: RECORD_GOLDEN=1 swift test --filter QueryPlanTests

-- users and companies, first page
-- Connection+Running.dataVersion
PRAGMA data_version;

-- users and companies, first page
-- Relations+Orphans.isMissing
SELECT EXISTS (
  SELECT 1
  FROM company_access_company_lifetime AS o
  WHERE (o.present = 0 OR o.ended_change IS NOT NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS m
    WHERE m.id = o.key)
  AND EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.company_id = +o.key));

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
-- Relations+Orphans.knowsMissingUsers
SELECT count(*)
FROM (
  SELECT 1
  FROM company_access_user_lifetime AS o
  WHERE present = 0
  OR ended_change IS NOT NULL
  LIMIT 10000);

-- users and companies, first page
-- Relations+Orphans.isMissing
SELECT EXISTS (
  SELECT 1
  FROM company_access_user_lifetime AS o
  WHERE (o.present = 0 OR o.ended_change IS NOT NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS m
    WHERE m.id = o.key)
  AND EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +o.key));

-- users and companies, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  ORDER BY k, id
  LIMIT 10) AS p
ORDER BY p.k, p.id;

-- plan of grant
-- PlanQueries.coverage
SELECT (SELECT count(*) FROM hrm_users AS l);

-- plan of grant
-- PlanQueries.coverage
SELECT (SELECT count(*) FROM hrm_company AS l);

-- plan of grant
-- PlanQueries.coverage
SELECT (SELECT count(*) FROM hrm_user_company_access AS a);

-- plan of grant
-- GrantPlanner.unknown
SELECT k.value
FROM (SELECT value FROM temp.json_each(?1)) AS k
WHERE NOT EXISTS (SELECT 1 FROM hrm_users AS t WHERE t.id = k.value)
LIMIT 1;

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
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, c.id, c.name, c.code, c.is_active, EXISTS (
  SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +c.id)
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
SELECT id, username FROM hrm_users AS hrm_users ORDER BY id;

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
-- KeyColumn.init
PRAGMA main.table_xinfo(hrm_user_company_access);

-- grant
-- KeyColumn.init
PRAGMA main.index_list(hrm_user_company_access);

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
INSERT INTO main.company_access_change (at, actor, origin, action, reason, ticket, decided_at, added, removed, undoes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- grant
-- ChangeHeader.resume
INSERT INTO main.company_access_now (one, change_id)
VALUES (1, ?) ON CONFLICT (one) DO UPDATE
SET change_id = excluded.change_id, external_day = NULL;

-- grant
-- GrantWriter.pick
CREATE TABLE temp.company_access_picked_user (id PRIMARY KEY, lifetime INTEGER) WITHOUT ROWID;

-- grant
-- GrantWriter.pick
INSERT INTO temp.company_access_picked_user SELECT p.id, (
  SELECT l.lifetime
  FROM company_access_user_lifetime AS l
  WHERE l.key = p.id
  AND l.ended_change IS NULL)
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS p
WHERE p.id IN (SELECT value FROM temp.json_each(?1));

-- grant
-- GrantWriter.pick
CREATE TABLE temp.company_access_picked_company (id PRIMARY KEY, lifetime INTEGER) WITHOUT ROWID;

-- grant
-- GrantWriter.pick
INSERT INTO temp.company_access_picked_company SELECT p.id, (
  SELECT l.lifetime
  FROM company_access_company_lifetime AS l
  WHERE l.key = p.id
  AND l.ended_change IS NULL)
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS p;

-- grant
-- GrantWriter.add
INSERT INTO main.hrm_user_company_access (id, user_id, company_id, created_at, modified_at) SELECT company_access_new_id(), w.user_id, w.company_id, ?1, ?1
FROM (
  SELECT u.id AS user_id, c.id AS company_id
  FROM temp.company_access_picked_user AS u
  CROSS JOIN temp.company_access_picked_company AS c
  WHERE TRUE) AS w
WHERE TRUE ON CONFLICT (user_id, company_id) DO NOTHING;

-- grant
-- GrantWriter.grant
DROP TABLE temp.company_access_picked_user; DROP TABLE temp.company_access_picked_company;

-- grant
-- GrantWriter.grant
DROP TABLE temp.company_access_picked_company;

-- grant
-- ChangeHeader.end
UPDATE main.company_access_now SET change_id = NULL;

-- grant
-- Connection+Running.inTransaction
COMMIT;

-- plan of undo of grant
-- Lineage.init
SELECT lifetime, continues
FROM company_access_user_lifetime
WHERE continues IS NOT NULL
ORDER BY +lifetime;

-- plan of undo of grant
-- Lineage.init
SELECT lifetime, continues
FROM company_access_company_lifetime
WHERE continues IS NOT NULL
ORDER BY +lifetime;

-- plan of undo of grant
-- EntityUndo.histories
SELECT e.kind, e.id, e.lifetime, e.change_id, e.event, e.name, e.before, e.after
FROM (
  SELECT 'user' AS kind, l.lifetime, l.key AS id, l.began_change AS change_id, CASE WHEN i.entry IS NOT NULL
  OR l.continues IS NOT NULL
  OR EXISTS (
    SELECT 1
    FROM company_access_change AS h
    WHERE h.id = l.began_change
    AND (h.action = 'add'
      OR h.action IN ('external', 'import', 'sync', 'restore')
      AND (h.id > coalesce((
            SELECT CAST(s.value AS INTEGER)
            FROM company_access_setting AS s
            WHERE s.key = 'upgraded_change'), 0)
        OR h.action <> 'external'
        AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
      SELECT n.name
      FROM company_access_former_user AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > l.began_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_user_lifetime AS l
  LEFT JOIN company_access_row_image AS i ON i.change = l.began_change
  AND i.kind = 'user'
  AND i.lifetime = l.lifetime
  AND i.before IS NULL
  WHERE l.began_change = :change
  AND l.present
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_former_user AS f
    WHERE f.lifetime = l.lifetime
    AND NOT f.present)
  AND TRUE
  UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, l.ended_change AS change_id, 'gone' AS event, l.name AS name, i.before, i.after, i.entry
  FROM company_access_user_lifetime AS l
  LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
  AND i.kind = 'user'
  AND i.lifetime = l.lifetime
  AND i.before IS NOT NULL
  WHERE l.ended_change = :change
  AND l.present
  AND TRUE
  UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, i.change AS change_id, 'edited' AS event, coalesce((
      SELECT n.name
      FROM company_access_former_user AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > i.change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_row_image AS i JOIN company_access_user_lifetime AS l ON l.lifetime = i.lifetime
  WHERE i.kind = 'user'
  AND i.before IS NOT NULL
  AND i.after IS NOT NULL
  AND i.change = :change
  AND l.ended_change IS NOT i.change
  AND TRUE
  UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, 'edited' AS event, coalesce((
      SELECT n.name
      FROM company_access_former_user AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > f.ended_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, NULL, NULL, NULL
  FROM company_access_former_user AS f JOIN company_access_user_lifetime AS l ON l.lifetime = f.lifetime
  WHERE f.ended_change = :change
  AND f.present
  AND l.ended_change IS NOT f.ended_change
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_row_image AS i
    WHERE i.change = f.ended_change
    AND i.kind = 'user'
    AND i.lifetime = l.lifetime)
  AND TRUE
  UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, CASE WHEN i.entry IS NOT NULL
  OR l.continues IS NOT NULL
  OR EXISTS (
    SELECT 1
    FROM company_access_change AS h
    WHERE h.id = f.ended_change
    AND (h.action = 'add'
      OR h.action IN ('external', 'import', 'sync', 'restore')
      AND (h.id > coalesce((
            SELECT CAST(s.value AS INTEGER)
            FROM company_access_setting AS s
            WHERE s.key = 'upgraded_change'), 0)
        OR h.action <> 'external'
        AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
      SELECT n.name
      FROM company_access_former_user AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > f.ended_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_former_user AS f JOIN company_access_user_lifetime AS l ON l.lifetime = f.lifetime
  LEFT JOIN company_access_row_image AS i ON i.change = f.ended_change
  AND i.kind = 'user'
  AND i.lifetime = l.lifetime
  AND i.before IS NULL
  WHERE f.ended_change = :change
  AND f.present = 0
  AND TRUE
  UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, l.began_change AS change_id, CASE WHEN i.entry IS NOT NULL
  OR l.continues IS NOT NULL
  OR EXISTS (
    SELECT 1
    FROM company_access_change AS h
    WHERE h.id = l.began_change
    AND (h.action = 'add'
      OR h.action IN ('external', 'import', 'sync', 'restore')
      AND (h.id > coalesce((
            SELECT CAST(s.value AS INTEGER)
            FROM company_access_setting AS s
            WHERE s.key = 'upgraded_change'), 0)
        OR h.action <> 'external'
        AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
      SELECT n.name
      FROM company_access_former_company AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > l.began_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_company_lifetime AS l
  LEFT JOIN company_access_row_image AS i ON i.change = l.began_change
  AND i.kind = 'company'
  AND i.lifetime = l.lifetime
  AND i.before IS NULL
  WHERE l.began_change = :change
  AND l.present
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_former_company AS f
    WHERE f.lifetime = l.lifetime
    AND NOT f.present)
  AND TRUE
  UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, l.ended_change AS change_id, 'gone' AS event, l.name AS name, i.before, i.after, i.entry
  FROM company_access_company_lifetime AS l
  LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
  AND i.kind = 'company'
  AND i.lifetime = l.lifetime
  AND i.before IS NOT NULL
  WHERE l.ended_change = :change
  AND l.present
  AND TRUE
  UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, i.change AS change_id, 'edited' AS event, coalesce((
      SELECT n.name
      FROM company_access_former_company AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > i.change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_row_image AS i JOIN company_access_company_lifetime AS l ON l.lifetime = i.lifetime
  WHERE i.kind = 'company'
  AND i.before IS NOT NULL
  AND i.after IS NOT NULL
  AND i.change = :change
  AND l.ended_change IS NOT i.change
  AND TRUE
  UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, 'edited' AS event, coalesce((
      SELECT n.name
      FROM company_access_former_company AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > f.ended_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, NULL, NULL, NULL
  FROM company_access_former_company AS f JOIN company_access_company_lifetime AS l ON l.lifetime = f.lifetime
  WHERE f.ended_change = :change
  AND f.present
  AND l.ended_change IS NOT f.ended_change
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_row_image AS i
    WHERE i.change = f.ended_change
    AND i.kind = 'company'
    AND i.lifetime = l.lifetime)
  AND TRUE
  UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, CASE WHEN i.entry IS NOT NULL
  OR l.continues IS NOT NULL
  OR EXISTS (
    SELECT 1
    FROM company_access_change AS h
    WHERE h.id = f.ended_change
    AND (h.action = 'add'
      OR h.action IN ('external', 'import', 'sync', 'restore')
      AND (h.id > coalesce((
            SELECT CAST(s.value AS INTEGER)
            FROM company_access_setting AS s
            WHERE s.key = 'upgraded_change'), 0)
        OR h.action <> 'external'
        AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
      SELECT n.name
      FROM company_access_former_company AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > f.ended_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_former_company AS f JOIN company_access_company_lifetime AS l ON l.lifetime = f.lifetime
  LEFT JOIN company_access_row_image AS i ON i.change = f.ended_change
  AND i.kind = 'company'
  AND i.lifetime = l.lifetime
  AND i.before IS NULL
  WHERE f.ended_change = :change
  AND f.present = 0
  AND TRUE) AS e
WHERE NOT (e.event = 'known'
  AND NOT EXISTS (
    SELECT 1 FROM company_access_change AS h WHERE h.id = e.change_id AND h.action = 'found'))
ORDER BY e.change_id DESC, e.entry DESC NULLS LAST, e.lifetime DESC;

-- plan of undo of grant
-- UndoSQL.isThere
SELECT EXISTS (SELECT 1 FROM company_access_current_grant WHERE began_change = :change);

-- plan of undo of grant
-- UndoSQL.same
SELECT lifetime
FROM company_access_user_lifetime
WHERE continues IS NOT NULL
AND ended_change IS NULL;

-- plan of undo of grant
-- UndoSQL.same
SELECT lifetime
FROM company_access_company_lifetime
WHERE continues IS NOT NULL
AND ended_change IS NULL;

-- plan of undo of grant
-- UndoSQL.isThere
SELECT EXISTS (SELECT 1 FROM company_access_change WHERE id > 26);

-- plan of undo of grant
-- UndoSQL.cancelled
SELECT id, undoes, action = ?2
FROM company_access_change
WHERE id > ?1
AND (undoes > ?1 OR action = ?2)
ORDER BY id DESC;

-- plan of undo of grant
-- UndoPlanner.plan
SELECT company_access_change.id, company_access_change.at, company_access_change.actor, company_access_change.origin, company_access_change.action, company_access_change.reason, company_access_change.added + CASE WHEN company_access_change.origin = 'external' THEN (
  SELECT count(*)
  FROM company_access_current_grant AS n
  WHERE n.began_change = company_access_change.id) + (
  SELECT count(*)
  FROM company_access_ended_grant AS n
  WHERE n.began_change = company_access_change.id) ELSE 0 END, company_access_change.removed + CASE WHEN company_access_change.origin = 'external' THEN (
  SELECT count(*)
  FROM company_access_ended_grant AS n
  WHERE n.ended_change = company_access_change.id) ELSE 0 END, company_access_change.undoes, company_access_change.ticket, company_access_change.decided_at
FROM company_access_change
WHERE id = ?;

-- plan of undo of grant
-- RetentionStart.init
SELECT CAST(c.value AS INTEGER), t.value, (
  SELECT s.value FROM company_access_setting AS s WHERE s.key = 'kept_from_seal')
FROM company_access_setting AS c, company_access_setting AS t
WHERE c.key = 'kept_from_change'
AND t.key = 'kept_from';

-- plan of undo of grant
-- UndoPlanner.plan
SELECT count(*)
FROM hrm_user_company_access AS a
WHERE a.rowid IN (
  SELECT b.rowid
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
  AND b.company_id = lk.key
  WHERE g.began_change = :change
  UNION ALL SELECT b.rowid
  FROM company_access_ended_grant AS e
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
  CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
  AND b.company_id = lk.key
  WHERE e.began_change = :change
  AND e.ended_change > :change
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_ended_grant AS p
    WHERE p.user_lifetime IN (
      SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
    AND p.company_lifetime IN (
      SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
    AND p.ended_change = :change
    AND p.began_change IS NOT 26));

-- plan of undo of grant
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 26;

-- plan of undo of grant
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change > :change
AND h.began_change = :change;

-- plan of undo of grant
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 26
AND (u.id IS NULL OR c.id IS NULL);

-- plan of undo of grant
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change > :change
AND h.began_change = :change
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 26);

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT a.user_id AS of_user, coalesce(u.username, a.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, a.company_id AS of_company, coalesce(c.name, a.company_id) AS what, c.code, c.is_active
FROM hrm_user_company_access AS a
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = a.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = a.company_id
WHERE +a.rowid IN (
  SELECT b.rowid
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
  AND b.company_id = lk.key
  WHERE g.began_change = :change
  UNION ALL SELECT b.rowid
  FROM company_access_ended_grant AS e
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
  CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
  AND b.company_id = lk.key
  WHERE e.began_change = :change
  AND e.ended_change > :change
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_ended_grant AS p
    WHERE p.user_lifetime IN (
      SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
    AND p.company_lifetime IN (
      SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
    AND p.ended_change = :change
    AND p.began_change IS NOT 26))
ORDER BY who, of_user, what, of_company;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 26
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 26)
ORDER BY who, of_user, what, of_company;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 26
AND (u.id IS NULL OR c.id IS NULL)
ORDER BY who, of_user, what, of_company;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 26
AND NOT (u.id IS NULL OR c.id IS NULL)
AND NOT (u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 26))
ORDER BY who, of_user, what, of_company;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change > :change
AND h.began_change = :change
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 26)
ORDER BY who, of_user, what, of_company;

-- plan of undo of grant
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 26))
    GROUP BY a.user_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.user_id = t.id)
  AND t.id NOT IN (
    SELECT hu.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 26))) SELECT u.id, u.username, u.full_name, u.email, (
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
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 26))
    GROUP BY a.company_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.company_id = t.id)
  AND t.id NOT IN (
    SELECT hk.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 26))) SELECT c.id, c.name, c.code, c.is_active, (
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
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT b.rowid
    FROM company_access_ended_grant AS e
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE e.began_change = :change
    AND e.ended_change > :change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_ended_grant AS p
      WHERE p.user_lifetime IN (
        SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
      AND p.company_lifetime IN (
        SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
      AND p.ended_change = :change
      AND p.began_change IS NOT 26))
  UNION ALL SELECT hu.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 26
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 26))
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
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 26))
    UNION ALL SELECT hu.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 26))
  WHERE id <> ?);

-- plan of undo of grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IN (
    SELECT b.rowid
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT b.rowid
    FROM company_access_ended_grant AS e
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE e.began_change = :change
    AND e.ended_change > :change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_ended_grant AS p
      WHERE p.user_lifetime IN (
        SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
      AND p.company_lifetime IN (
        SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
      AND p.ended_change = :change
      AND p.began_change IS NOT 26))
  UNION ALL SELECT hk.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 26
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 26))
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
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 26))
    UNION ALL SELECT hk.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 26))
  WHERE id <> ?);

-- plan of undo of grant
-- UndoPlanner.total
SELECT count(*) FROM hrm_user_company_access WHERE user_id = ?;

-- plan of undo of grant
-- EntityTable.columns
SELECT name, type, "notnull", dflt_value IS NOT NULL, pk
FROM temp.pragma_table_xinfo('hrm_employee', 'main')
WHERE hidden = 0
ORDER BY cid;

-- plan of undo of grant
-- RecordedSetting.found
SELECT s.key, s.value
FROM company_access_setting AS s
WHERE s.key >= ?1
AND s.key <= ?2
ORDER BY s.key DESC
LIMIT 1;

-- plan of undo of grant
-- RecordedSetting.found
SELECT s.key, s.value
FROM company_access_setting AS s
WHERE s.key = ?1
ORDER BY s.key DESC
LIMIT 1;

-- plan of undo of grant
-- AdministratorRule.isBroken
WITH access_after_undo AS NOT MATERIALIZED (
  SELECT a.user_id, a.company_id
  FROM hrm_user_company_access AS a
  WHERE NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 26)))
  UNION ALL SELECT hu.key, hk.key
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 26
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 26)) SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), FALSE)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1 FROM access_after_undo AS a WHERE a.user_id = u.id AND a.company_id = c.id)));

-- plan of undo of grant
-- AdministratorRule.holds
SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), FALSE)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = u.id AND a.company_id = c.id)));

-- plan of undo of grant
-- Connection+Running.reading
BEGIN;

-- plan of undo of grant
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_current_grant AS g
CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
AND a.company_id = lk.key
WHERE g.began_change = :change;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT a.user_id AS of_user, coalesce(u.username, a.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, a.company_id AS of_company, coalesce(c.name, a.company_id) AS what, c.code, c.is_active
FROM hrm_user_company_access AS a
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = a.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = a.company_id
WHERE +a.rowid IN (
  SELECT b.rowid
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
  AND b.company_id = lk.key
  WHERE g.began_change = :change)
ORDER BY who, of_user, what, of_company;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 26
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND (hu.ended_change IS NULL)
AND (hk.ended_change IS NULL)
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
  AND NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change)))
ORDER BY who, of_user, what, of_company;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 26
AND NOT (u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IN (
        SELECT b.rowid
        FROM company_access_current_grant AS g
        CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
        CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
        CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
        AND b.company_id = lk.key
        WHERE g.began_change = :change))))
ORDER BY who, of_user, what, of_company;

-- plan of undo of grant
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change > :change
AND h.began_change = :change
ORDER BY who, of_user, what, of_company;

-- plan of undo of grant
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id, count(*) AS lost
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    GROUP BY a.user_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.user_id = t.id)
  AND t.id NOT IN (
    SELECT hu.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))) SELECT u.id, u.username, u.full_name, u.email, (
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
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    GROUP BY a.company_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.company_id = t.id)
  AND t.id NOT IN (
    SELECT hk.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))) SELECT c.id, c.name, c.code, c.is_active, (
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
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
  AND a.company_id = lk.key
  WHERE g.began_change = :change
  UNION ALL SELECT hu.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 26
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IN (
        SELECT b.rowid
        FROM company_access_current_grant AS g
        CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
        CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
        CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
        AND b.company_id = lk.key
        WHERE g.began_change = :change))))
LIMIT 1;

-- plan of undo of grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT hu.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))
  WHERE id <> ?);

-- plan of undo of grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
  AND a.company_id = lk.key
  WHERE g.began_change = :change
  UNION ALL SELECT hk.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 26
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IN (
        SELECT b.rowid
        FROM company_access_current_grant AS g
        CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
        CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
        CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
        AND b.company_id = lk.key
        WHERE g.began_change = :change))))
LIMIT 1;

-- plan of undo of grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT hk.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 26
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))
  WHERE id <> ?);

-- plan of undo of grant
-- AdministratorRule.isBroken
WITH access_after_undo AS NOT MATERIALIZED (
  SELECT a.user_id, a.company_id
  FROM hrm_user_company_access AS a
  WHERE NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change))
  UNION ALL SELECT hu.key, hk.key
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 26
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IN (
        SELECT b.rowid
        FROM company_access_current_grant AS g
        CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
        CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
        CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
        AND b.company_id = lk.key
        WHERE g.began_change = :change)))) SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), FALSE)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1 FROM access_after_undo AS a WHERE a.user_id = u.id AND a.company_id = c.id)));

-- undo of grant
-- Schema+Check.check
SELECT type, name, sql
FROM sqlite_schema
WHERE name IN ('hrm_role', 'hrm_users', 'hrm_company', 'hrm_employee', 'hrm_user_company_access', 'ix_hrm_user_company_access_company', 'company_access_change', 'company_access_user_lifetime', 'company_access_former_user', 'company_access_company_lifetime', 'company_access_former_company', 'company_access_current_grant', 'company_access_ended_grant', 'company_access_row_image', 'company_access_now', 'company_access_setting', 'ix_company_access_user_lifetime_open', 'ix_company_access_user_lifetime_key', 'ix_company_access_user_lifetime_name', 'ix_company_access_user_lifetime_began', 'ix_company_access_user_lifetime_ended', 'ix_company_access_user_lifetime_absent', 'ix_company_access_user_lifetime_continues', 'ix_company_access_former_user_ended', 'ix_company_access_former_user_absent', 'ix_company_access_former_user_name', 'ix_company_access_company_lifetime_open', 'ix_company_access_company_lifetime_key', 'ix_company_access_company_lifetime_name', 'ix_company_access_company_lifetime_began', 'ix_company_access_company_lifetime_ended', 'ix_company_access_company_lifetime_absent', 'ix_company_access_company_lifetime_continues', 'ix_company_access_former_company_ended', 'ix_company_access_former_company_absent', 'ix_company_access_former_company_name', 'ix_company_access_current_grant_company', 'ix_company_access_current_grant_began', 'ix_company_access_ended_grant_user', 'ix_company_access_ended_grant_company', 'ix_company_access_ended_grant_ended', 'ix_company_access_ended_grant_began', 'ix_company_access_row_image_change', 'ix_company_access_row_image_lifetime', 'company_access_grant_inserted', 'company_access_grant_replaced', 'company_access_grant_deleted', 'company_access_grant_moved', 'company_access_user_inserted', 'company_access_user_replaced', 'company_access_user_edited', 'company_access_user_rekeyed', 'company_access_user_deleted', 'company_access_company_inserted', 'company_access_company_replaced', 'company_access_company_edited', 'company_access_company_rekeyed', 'company_access_company_deleted')
UNION ALL SELECT 'unique', list.name, ''
FROM temp.pragma_index_list('hrm_user_company_access', 'main') AS list
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
-- KeyColumn.hasRowIDs
EXPLAIN SELECT rowid FROM hrm_user_company_access;

-- undo of grant
-- SchemaMapping+Detection.hasUniqueIndex
SELECT count(*)
FROM temp.pragma_index_list(?1, 'main') AS l
WHERE l."unique"
AND NOT l.partial
AND (
  SELECT count(*) = 1
  AND max(lower(name)) = lower(?2)
  AND max(coll) = 'BINARY'
  FROM temp.pragma_index_xinfo(l.name)
  WHERE key);

-- undo of grant
-- GrantWriter+Chunks.collectRowIDs
CREATE TABLE temp.company_access_picked_leaving (row INTEGER PRIMARY KEY);

-- undo of grant
-- GrantWriter+Chunks.collectRowIDs
INSERT INTO temp.company_access_picked_leaving SELECT a.rowid
FROM company_access_current_grant AS g
CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
AND a.company_id = lk.key
WHERE g.began_change = :change;

-- undo of grant
-- GrantWriter+Chunks.collectRowIDs
CREATE TABLE temp.company_access_picked_returning (row INTEGER PRIMARY KEY);

-- undo of grant
-- GrantWriter+Chunks.collectRowIDs
INSERT INTO temp.company_access_picked_returning SELECT h.entry
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 26
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND (hu.ended_change IS NULL)
AND (hk.ended_change IS NULL)
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
  AND NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change)))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_ended_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND l.began_change IS NOT l.ended_change
  AND (l.ended_change > :change))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_ended_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND l.began_change IS NOT l.ended_change
  AND (l.began_change > :change))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_current_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND (l.began_change > :change));

-- undo of grant
-- GrantWriter+Restoring.undo
SELECT EXISTS (
  SELECT 1
  FROM company_access_ended_grant AS h
  WHERE h.id IS NULL
  AND h.entry IN (SELECT row FROM temp.company_access_picked_returning));

-- undo of grant
-- GrantWriter+Chunks.forEachChunk
SELECT max(row)
FROM (SELECT row FROM temp.company_access_picked_leaving WHERE row > ? ORDER BY row LIMIT ?);

-- undo of grant
-- GrantWriter+Chunks.forEachChunk
DELETE
FROM main.hrm_user_company_access
WHERE rowid IN (SELECT row FROM temp.company_access_picked_leaving WHERE row > ?1 AND row <= ?2);

-- undo of grant
-- GrantWriter+Chunks.forEachChunk
DROP TABLE temp.company_access_picked_leaving;

-- undo of grant
-- GrantWriter+Chunks.forEachChunk
SELECT max(row)
FROM (SELECT row FROM temp.company_access_picked_returning WHERE row > ? ORDER BY row LIMIT ?);

-- undo of grant
-- GrantWriter+Chunks.forEachChunk
DROP TABLE temp.company_access_picked_returning;

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
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, c.id, c.name, c.code, c.is_active, EXISTS (
  SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +c.id)
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
SELECT id, name FROM hrm_company AS hrm_company ORDER BY id;

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
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, c.id, c.name, c.code, c.is_active, EXISTS (
  SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +c.id)
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
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), FALSE)
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
-- GrantWriter+Chunks.collectRowIDs
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
-- UndoSQL.isThere
SELECT EXISTS (SELECT 1 FROM company_access_ended_grant WHERE began_change = :change);

-- plan of undo of revoke from many
-- UndoSQL.isThere
SELECT EXISTS (SELECT 1 FROM company_access_change WHERE id > 28);

-- plan of undo of revoke from many
-- UndoPlanner.plan
SELECT count(*) FROM hrm_user_company_access AS a WHERE a.rowid IS NULL;

-- plan of undo of revoke from many
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 28;

-- plan of undo of revoke from many
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 28
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 28);

-- plan of undo of revoke from many
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 28
AND (u.id IS NULL OR c.id IS NULL);

-- plan of undo of revoke from many
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change > :change
AND h.began_change = :change
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 28);

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT a.user_id AS of_user, coalesce(u.username, a.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, a.company_id AS of_company, coalesce(c.name, a.company_id) AS what, c.code, c.is_active
FROM hrm_user_company_access AS a
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = a.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = a.company_id
WHERE +a.rowid IS NULL
ORDER BY who, of_user, what, of_company;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 28
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 28)
ORDER BY who, of_user, what, of_company;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 28
AND (u.id IS NULL OR c.id IS NULL)
ORDER BY who, of_user, what, of_company;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 28
AND NOT (u.id IS NULL OR c.id IS NULL)
AND NOT (u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 28))
ORDER BY who, of_user, what, of_company;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change > :change
AND h.began_change = :change
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 28)
ORDER BY who, of_user, what, of_company;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.user_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IS NULL
  UNION ALL SELECT hu.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 28
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 28))
LIMIT 1;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IS NULL
    UNION ALL SELECT hu.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 28
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 28))
  WHERE id <> ?);

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IS NULL
  UNION ALL SELECT hk.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 28
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 28))
LIMIT 1;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IS NULL
    UNION ALL SELECT hk.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 28
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 28))
  WHERE id <> ?);

-- plan of undo of revoke from many
-- UndoPlanner.total
SELECT count(*) FROM hrm_user_company_access WHERE company_id = ?;

-- plan of undo of revoke from many
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 28
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND (hu.ended_change IS NULL)
AND (hk.ended_change IS NULL)
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
  AND NOT (+a.rowid IS NULL));

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 28
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND (hu.ended_change IS NULL)
AND (hk.ended_change IS NULL)
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
  AND NOT (+a.rowid IS NULL))
ORDER BY who, of_user, what, of_company;

-- plan of undo of revoke from many
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 28
AND NOT (u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IS NULL)))
ORDER BY who, of_user, what, of_company;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.user_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IS NULL
  UNION ALL SELECT hu.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 28
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IS NULL)))
LIMIT 1;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IS NULL
    UNION ALL SELECT hu.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 28
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IS NULL)))
  WHERE id <> ?);

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IS NULL
  UNION ALL SELECT hk.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 28
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IS NULL)))
LIMIT 1;

-- plan of undo of revoke from many
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IS NULL
    UNION ALL SELECT hk.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 28
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IS NULL)))
  WHERE id <> ?);

-- undo of revoke from many
-- GrantWriter+Chunks.collectRowIDs
INSERT INTO temp.company_access_picked_leaving SELECT a.rowid
FROM hrm_user_company_access AS a
WHERE a.rowid IS NULL;

-- undo of revoke from many
-- GrantWriter+Chunks.collectRowIDs
INSERT INTO temp.company_access_picked_returning SELECT h.entry
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 28
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND (hu.ended_change IS NULL)
AND (hk.ended_change IS NULL)
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
  AND NOT (+a.rowid IS NULL))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_ended_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND l.began_change IS NOT l.ended_change
  AND (l.ended_change > :change))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_ended_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND l.began_change IS NOT l.ended_change
  AND (l.began_change > :change))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_current_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND (l.began_change > :change));

-- undo of revoke from many
-- GrantWriter+Chunks.forEachChunk
INSERT INTO main.hrm_user_company_access (id, user_id, company_id, created_at, modified_at) SELECT h.id, hu.key, hk.key, coalesce(h.created_at, (SELECT n.at FROM company_access_change AS n WHERE n.id = 29)), coalesce(h.modified_at, (SELECT n.at FROM company_access_change AS n WHERE n.id = 29))
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
WHERE h.entry IN (
  SELECT row FROM temp.company_access_picked_returning WHERE row > ?1 AND row <= ?2)
ORDER BY hu.key, hk.key;

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
INSERT INTO temp.company_access_picked_user SELECT p.id, (
  SELECT l.lifetime
  FROM company_access_user_lifetime AS l
  WHERE l.key = p.id
  AND l.ended_change IS NULL)
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS p;

-- plan of undo of bulk grant
-- UndoSQL.isThere
SELECT EXISTS (SELECT 1 FROM company_access_change WHERE id > 30);

-- plan of undo of bulk grant
-- UndoPlanner.plan
SELECT count(*)
FROM hrm_user_company_access AS a
WHERE a.rowid IN (
  SELECT b.rowid
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
  AND b.company_id = lk.key
  WHERE g.began_change = :change
  UNION ALL SELECT b.rowid
  FROM company_access_ended_grant AS e
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
  CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
  AND b.company_id = lk.key
  WHERE e.began_change = :change
  AND e.ended_change > :change
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_ended_grant AS p
    WHERE p.user_lifetime IN (
      SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
    AND p.company_lifetime IN (
      SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
    AND p.ended_change = :change
    AND p.began_change IS NOT 30));

-- plan of undo of bulk grant
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 30;

-- plan of undo of bulk grant
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 30
AND (u.id IS NULL OR c.id IS NULL);

-- plan of undo of bulk grant
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change > :change
AND h.began_change = :change
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 30);

-- plan of undo of bulk grant
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 30))
    GROUP BY a.user_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.user_id = t.id)
  AND t.id NOT IN (
    SELECT hu.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 30))) SELECT u.id, u.username, u.full_name, u.email, (
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
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 30))
    GROUP BY a.company_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.company_id = t.id)
  AND t.id NOT IN (
    SELECT hk.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 30))) SELECT c.id, c.name, c.code, c.is_active, (
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
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT b.rowid
    FROM company_access_ended_grant AS e
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE e.began_change = :change
    AND e.ended_change > :change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_ended_grant AS p
      WHERE p.user_lifetime IN (
        SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
      AND p.company_lifetime IN (
        SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
      AND p.ended_change = :change
      AND p.began_change IS NOT 30))
  UNION ALL SELECT hu.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 30
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 30))
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
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 30))
    UNION ALL SELECT hu.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 30))
  WHERE id <> ?);

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IN (
    SELECT b.rowid
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT b.rowid
    FROM company_access_ended_grant AS e
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE e.began_change = :change
    AND e.ended_change > :change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_ended_grant AS p
      WHERE p.user_lifetime IN (
        SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
      AND p.company_lifetime IN (
        SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
      AND p.ended_change = :change
      AND p.began_change IS NOT 30))
  UNION ALL SELECT hk.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 30
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 30))
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
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 30))
    UNION ALL SELECT hk.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 30))
  WHERE id <> ?);

-- plan of undo of bulk grant
-- AdministratorRule.isBroken
WITH access_after_undo AS NOT MATERIALIZED (
  SELECT a.user_id, a.company_id
  FROM hrm_user_company_access AS a
  WHERE NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 30)))
  UNION ALL SELECT hu.key, hk.key
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 30
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 30)) SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), FALSE)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1 FROM access_after_undo AS a WHERE a.user_id = u.id AND a.company_id = c.id)));

-- plan of undo of bulk grant
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id, count(*) AS lost
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    GROUP BY a.user_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.user_id = t.id)
  AND t.id NOT IN (
    SELECT hu.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))) SELECT u.id, u.username, u.full_name, u.email, (
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
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    GROUP BY a.company_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.company_id = t.id)
  AND t.id NOT IN (
    SELECT hk.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))) SELECT c.id, c.name, c.code, c.is_active, (
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
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
  AND a.company_id = lk.key
  WHERE g.began_change = :change
  UNION ALL SELECT hu.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 30
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IN (
        SELECT b.rowid
        FROM company_access_current_grant AS g
        CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
        CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
        CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
        AND b.company_id = lk.key
        WHERE g.began_change = :change))))
LIMIT 1;

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT hu.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))
  WHERE id <> ?);

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
  AND a.company_id = lk.key
  WHERE g.began_change = :change
  UNION ALL SELECT hk.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 30
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IN (
        SELECT b.rowid
        FROM company_access_current_grant AS g
        CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
        CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
        CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
        AND b.company_id = lk.key
        WHERE g.began_change = :change))))
LIMIT 1;

-- plan of undo of bulk grant
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT hk.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 30
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))
  WHERE id <> ?);

-- plan of undo of bulk grant
-- AdministratorRule.isBroken
WITH access_after_undo AS NOT MATERIALIZED (
  SELECT a.user_id, a.company_id
  FROM hrm_user_company_access AS a
  WHERE NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change))
  UNION ALL SELECT hu.key, hk.key
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 30
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IN (
        SELECT b.rowid
        FROM company_access_current_grant AS g
        CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
        CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
        CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
        AND b.company_id = lk.key
        WHERE g.began_change = :change)))) SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), FALSE)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1 FROM access_after_undo AS a WHERE a.user_id = u.id AND a.company_id = c.id)));

-- undo of bulk grant
-- GrantWriter+Chunks.collectRowIDs
INSERT INTO temp.company_access_picked_returning SELECT h.entry
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 30
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND (hu.ended_change IS NULL)
AND (hk.ended_change IS NULL)
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
  AND NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change)))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_ended_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND l.began_change IS NOT l.ended_change
  AND (l.ended_change > :change))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_ended_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND l.began_change IS NOT l.ended_change
  AND (l.began_change > :change))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_current_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND (l.began_change > :change));

-- plan of edits of pairs
-- EditedPairs.prepare
SELECT count(*) FROM temp.pragma_database_list WHERE name = 'company_access_edited';

-- plan of edits of pairs
-- TemporaryFiles.keepTemporary
PRAGMA temp_store = FILE;

-- plan of edits of pairs
-- Staging.attach
ATTACH '' AS company_access_edited;

-- plan of edits of pairs
-- TemporaryFiles.keepTemporary
PRAGMA temp_store = MEMORY;

-- plan of edits of pairs
-- Staging.attach
PRAGMA company_access_edited.synchronous = OFF; PRAGMA company_access_edited.cache_size = -4096;

-- plan of edits of pairs
-- Staging.attach
PRAGMA company_access_edited.cache_size = -4096;

-- plan of edits of pairs
-- TemporaryTable.renew
DROP TABLE IF EXISTS company_access_edited.pair;

-- plan of edits of pairs
-- TemporaryTable.make
CREATE TABLE company_access_edited.pair (user_id NOT NULL, company_id NOT NULL, grants INTEGER NOT NULL, PRIMARY KEY (user_id, company_id)) WITHOUT ROWID;

-- plan of edits of pairs
-- EditedPairs.take
INSERT INTO company_access_edited.pair (user_id, company_id, grants) SELECT u.id, c.id, FALSE
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
CROSS JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE c.id IN (SELECT value FROM temp.json_each(?1)) ON CONFLICT (user_id, company_id) DO UPDATE
SET grants = excluded.grants;

-- plan of edits of pairs
-- EditedPairs.take
INSERT INTO company_access_edited.pair (user_id, company_id, grants) SELECT u.id, c.id, TRUE
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u
CROSS JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c
WHERE u.id IN (SELECT value FROM temp.json_each(?1)) ON CONFLICT (user_id, company_id) DO UPDATE
SET grants = excluded.grants;

-- plan of edits of pairs
-- EditedPairs.fill
DELETE
FROM company_access_edited.pair AS p
WHERE p.grants = EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.user_id
  AND a.company_id = +p.company_id);

-- plan of edits of pairs
-- TemporaryTable.renew
DROP TABLE IF EXISTS company_access_edited.leaving;

-- plan of edits of pairs
-- TemporaryTable.make
CREATE TABLE company_access_edited.leaving (place INTEGER NOT NULL, user_id NOT NULL, company_id NOT NULL, PRIMARY KEY (place));

-- plan of edits of pairs
-- EditedPairs.writeDownLeaving
INSERT INTO company_access_edited.leaving SELECT a.rowid, a.user_id, a.company_id
FROM company_access_edited.pair AS p
CROSS JOIN hrm_user_company_access AS a ON a.user_id = p.user_id
AND a.company_id = p.company_id
WHERE NOT p.grants;

-- plan of edits of pairs
-- EditedPairs.added
SELECT count(*) FROM company_access_edited.pair WHERE grants;

-- plan of edits of pairs
-- PairEditPlanner.count
SELECT count(DISTINCT user_id) FROM company_access_edited.pair;

-- plan of edits of pairs
-- PairEditPlanner.count
SELECT count(DISTINCT company_id) FROM company_access_edited.pair;

-- plan of edits of pairs
-- PairEditPlanner.results
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, c.id, c.name, c.code, c.is_active, p.grants
FROM company_access_edited.pair AS p
CROSS JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
CROSS JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY u.username, u.id, c.name, c.id;

-- plan of edits of pairs
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT l.user_id
  FROM company_access_edited.leaving AS l
  GROUP BY l.user_id HAVING count(*) = (
    SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = l.user_id)
  AND l.user_id NOT IN (SELECT p.user_id FROM company_access_edited.pair AS p WHERE p.grants)) SELECT u.id, u.username, u.full_name, u.email, (
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

-- plan of edits of pairs
-- PlanQueries.affectedCompanies
WITH affected(id) AS MATERIALIZED (
  SELECT l.company_id
  FROM company_access_edited.leaving AS l
  GROUP BY l.company_id HAVING count(*) = (
    SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = l.company_id)
  AND l.company_id NOT IN (
    SELECT p.company_id FROM company_access_edited.pair AS p WHERE p.grants)) SELECT c.id, c.name, c.code, c.is_active, (
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

-- plan of edits of pairs
-- PairEditPlanner.inactive
SELECT count(*)
FROM (SELECT DISTINCT user_id AS id FROM company_access_edited.pair WHERE grants) AS p
CROSS JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS t ON t.id = p.id
WHERE NOT t.is_active;

-- plan of edits of pairs
-- PairEditPlanner.inactive
SELECT count(*)
FROM (SELECT DISTINCT company_id AS id FROM company_access_edited.pair WHERE grants) AS p
CROSS JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS t ON t.id = p.id
WHERE NOT t.is_active;

-- plan of edits of pairs
-- AdministratorRule.isBroken
SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), FALSE)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_edited.pair AS p
      WHERE p.grants
      AND p.user_id = u.id
      AND p.company_id = c.id)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = u.id
      AND a.company_id = c.id
      AND a.rowid NOT IN (SELECT place FROM company_access_edited.leaving))));

-- edits of pairs
-- GrantWriter+Chunks.collectRowIDs
INSERT INTO temp.company_access_picked_leaving SELECT place FROM company_access_edited.leaving;

-- edits of pairs
-- GrantWriter.add
INSERT INTO main.hrm_user_company_access (id, user_id, company_id, created_at, modified_at) SELECT company_access_new_id(), w.user_id, w.company_id, ?1, ?1
FROM (
  SELECT p.user_id, p.company_id
  FROM company_access_edited.pair AS p
  WHERE p.grants
  ORDER BY p.user_id, p.company_id
  LIMIT -1) AS w
WHERE TRUE ON CONFLICT (user_id, company_id) DO NOTHING;

-- plan of undo of edits of pairs
-- UndoSQL.isThere
SELECT EXISTS (SELECT 1 FROM company_access_change WHERE id > 32);

-- plan of undo of edits of pairs
-- UndoPlanner.plan
SELECT count(*)
FROM hrm_user_company_access AS a
WHERE a.rowid IN (
  SELECT b.rowid
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
  AND b.company_id = lk.key
  WHERE g.began_change = :change
  UNION ALL SELECT b.rowid
  FROM company_access_ended_grant AS e
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
  CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
  AND b.company_id = lk.key
  WHERE e.began_change = :change
  AND e.ended_change > :change
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_ended_grant AS p
    WHERE p.user_lifetime IN (
      SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
    AND p.company_lifetime IN (
      SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
    AND p.ended_change = :change
    AND p.began_change IS NOT 32));

-- plan of undo of edits of pairs
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 32;

-- plan of undo of edits of pairs
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 32
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 32);

-- plan of undo of edits of pairs
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 32
AND (u.id IS NULL OR c.id IS NULL);

-- plan of undo of edits of pairs
-- UndoPlanner.settle
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change > :change
AND h.began_change = :change
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 32);

-- plan of undo of edits of pairs
-- UndoPlanner.pairs
SELECT a.user_id AS of_user, coalesce(u.username, a.user_id) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, a.company_id AS of_company, coalesce(c.name, a.company_id) AS what, c.code, c.is_active
FROM hrm_user_company_access AS a
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = a.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = a.company_id
WHERE +a.rowid IN (
  SELECT b.rowid
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
  AND b.company_id = lk.key
  WHERE g.began_change = :change
  UNION ALL SELECT b.rowid
  FROM company_access_ended_grant AS e
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
  CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
  AND b.company_id = lk.key
  WHERE e.began_change = :change
  AND e.ended_change > :change
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_ended_grant AS p
    WHERE p.user_lifetime IN (
      SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
    AND p.company_lifetime IN (
      SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
    AND p.ended_change = :change
    AND p.began_change IS NOT 32))
ORDER BY who, of_user, what, of_company;

-- plan of undo of edits of pairs
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 32
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 32)
ORDER BY who, of_user, what, of_company;

-- plan of undo of edits of pairs
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 32
AND (u.id IS NULL OR c.id IS NULL)
ORDER BY who, of_user, what, of_company;

-- plan of undo of edits of pairs
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 32
AND NOT (u.id IS NULL OR c.id IS NULL)
AND NOT (u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 32))
ORDER BY who, of_user, what, of_company;

-- plan of undo of edits of pairs
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change > :change
AND h.began_change = :change
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = hu.key
  AND a.company_id = hk.key
  AND (
    SELECT max(r.began_change)
    FROM company_access_user_lifetime AS ru
    CROSS JOIN company_access_company_lifetime AS rk
    CROSS JOIN company_access_current_grant AS r
    WHERE ru.key = a.user_id
    AND rk.key = a.company_id
    AND r.user_lifetime = ru.lifetime
    AND r.company_lifetime = rk.lifetime) IS NOT 32)
ORDER BY who, of_user, what, of_company;

-- plan of undo of edits of pairs
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 32))
    GROUP BY a.user_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.user_id = t.id)
  AND t.id NOT IN (
    SELECT hu.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 32
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 32))) SELECT u.id, u.username, u.full_name, u.email, (
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

-- plan of undo of edits of pairs
-- PlanQueries.affectedCompanies
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.company_id AS id, count(*) AS lost
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 32))
    GROUP BY a.company_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.company_id = t.id)
  AND t.id NOT IN (
    SELECT hk.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 32
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 32))) SELECT c.id, c.name, c.code, c.is_active, (
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

-- plan of undo of edits of pairs
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.user_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IN (
    SELECT b.rowid
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT b.rowid
    FROM company_access_ended_grant AS e
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE e.began_change = :change
    AND e.ended_change > :change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_ended_grant AS p
      WHERE p.user_lifetime IN (
        SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
      AND p.company_lifetime IN (
        SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
      AND p.ended_change = :change
      AND p.began_change IS NOT 32))
  UNION ALL SELECT hu.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 32
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 32))
LIMIT 1;

-- plan of undo of edits of pairs
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 32))
    UNION ALL SELECT hu.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 32
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 32))
  WHERE id <> ?);

-- plan of undo of edits of pairs
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM hrm_user_company_access AS a
  WHERE a.rowid IN (
    SELECT b.rowid
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT b.rowid
    FROM company_access_ended_grant AS e
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
    CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
    AND b.company_id = lk.key
    WHERE e.began_change = :change
    AND e.ended_change > :change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_ended_grant AS p
      WHERE p.user_lifetime IN (
        SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
      AND p.company_lifetime IN (
        SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
      AND p.ended_change = :change
      AND p.began_change IS NOT 32))
  UNION ALL SELECT hk.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 32
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 32))
LIMIT 1;

-- plan of undo of edits of pairs
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 32))
    UNION ALL SELECT hk.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 32
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = hu.key
      AND a.company_id = hk.key
      AND (
        SELECT max(r.began_change)
        FROM company_access_user_lifetime AS ru
        CROSS JOIN company_access_company_lifetime AS rk
        CROSS JOIN company_access_current_grant AS r
        WHERE ru.key = a.user_id
        AND rk.key = a.company_id
        AND r.user_lifetime = ru.lifetime
        AND r.company_lifetime = rk.lifetime) IS NOT 32))
  WHERE id <> ?);

-- plan of undo of edits of pairs
-- AdministratorRule.isBroken
WITH access_after_undo AS NOT MATERIALIZED (
  SELECT a.user_id, a.company_id
  FROM hrm_user_company_access AS a
  WHERE NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change
      UNION ALL SELECT b.rowid
      FROM company_access_ended_grant AS e
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE e.began_change = :change
      AND e.ended_change > :change
      AND NOT EXISTS (
        SELECT 1
        FROM company_access_ended_grant AS p
        WHERE p.user_lifetime IN (
          SELECT n.lifetime FROM company_access_user_lifetime AS n WHERE n.key = lu.key)
        AND p.company_lifetime IN (
          SELECT n.lifetime FROM company_access_company_lifetime AS n WHERE n.key = lk.key)
        AND p.ended_change = :change
        AND p.began_change IS NOT 32)))
  UNION ALL SELECT hu.key, hk.key
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 32
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = hu.key
    AND a.company_id = hk.key
    AND (
      SELECT max(r.began_change)
      FROM company_access_user_lifetime AS ru
      CROSS JOIN company_access_company_lifetime AS rk
      CROSS JOIN company_access_current_grant AS r
      WHERE ru.key = a.user_id
      AND rk.key = a.company_id
      AND r.user_lifetime = ru.lifetime
      AND r.company_lifetime = rk.lifetime) IS NOT 32)) SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), FALSE)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1 FROM access_after_undo AS a WHERE a.user_id = u.id AND a.company_id = c.id)));

-- plan of undo of edits of pairs
-- UndoPlanner.plan
SELECT count(*)
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 32
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND (hu.ended_change IS NULL)
AND (hk.ended_change IS NULL)
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
  AND NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change)));

-- plan of undo of edits of pairs
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 32
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND (hu.ended_change IS NULL)
AND (hk.ended_change IS NULL)
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
  AND NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change)))
ORDER BY who, of_user, what, of_company;

-- plan of undo of edits of pairs
-- UndoPlanner.pairs
SELECT hu.key AS of_user, coalesce(coalesce(u.username, hu.name), hu.key) AS who, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, hk.key AS of_company, coalesce(coalesce(c.name, hk.name), hk.key) AS what, c.code, c.is_active
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 32
AND NOT (u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IN (
        SELECT b.rowid
        FROM company_access_current_grant AS g
        CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
        CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
        CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
        AND b.company_id = lk.key
        WHERE g.began_change = :change))))
ORDER BY who, of_user, what, of_company;

-- plan of undo of edits of pairs
-- PlanQueries.affectedUsers
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id, count(*) AS lost
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    GROUP BY a.user_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.user_id = t.id)
  AND t.id NOT IN (
    SELECT hu.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 32
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))) SELECT u.id, u.username, u.full_name, u.email, (
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

-- plan of undo of edits of pairs
-- PlanQueries.affectedCompanies
WITH affected(id) AS MATERIALIZED (
  SELECT t.id
  FROM (
    SELECT a.company_id AS id, count(*) AS lost
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    GROUP BY a.company_id) AS t
  WHERE t.lost = (SELECT count(*) FROM hrm_user_company_access AS b WHERE b.company_id = t.id)
  AND t.id NOT IN (
    SELECT hk.key
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 32
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))) SELECT c.id, c.name, c.code, c.is_active, (
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

-- plan of undo of edits of pairs
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.user_id AS id
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
  AND a.company_id = lk.key
  WHERE g.began_change = :change
  UNION ALL SELECT hu.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 32
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IN (
        SELECT b.rowid
        FROM company_access_current_grant AS g
        CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
        CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
        CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
        AND b.company_id = lk.key
        WHERE g.began_change = :change))))
LIMIT 1;

-- plan of undo of edits of pairs
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id AS id
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT hu.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 32
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))
  WHERE id <> ?);

-- plan of undo of edits of pairs
-- UndoPlanner.only
SELECT id
FROM (
  SELECT a.company_id AS id
  FROM company_access_current_grant AS g
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
  CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
  AND a.company_id = lk.key
  WHERE g.began_change = :change
  UNION ALL SELECT hk.key AS id
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 32
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IN (
        SELECT b.rowid
        FROM company_access_current_grant AS g
        CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
        CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
        CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
        AND b.company_id = lk.key
        WHERE g.began_change = :change))))
LIMIT 1;

-- plan of undo of edits of pairs
-- UndoPlanner.only
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.company_id AS id
    FROM company_access_current_grant AS g
    CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
    CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
    CROSS JOIN hrm_user_company_access AS a ON a.user_id = lu.key
    AND a.company_id = lk.key
    WHERE g.began_change = :change
    UNION ALL SELECT hk.key AS id
    FROM company_access_ended_grant AS h
    CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS u ON u.id = hu.key
    LEFT JOIN (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c ON c.id = hk.key
    WHERE h.ended_change = :change
    AND h.began_change IS NOT 32
    AND u.id IS NOT NULL
    AND c.id IS NOT NULL
    AND (hu.ended_change IS NULL)
    AND (hk.ended_change IS NULL)
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
      AND NOT (+a.rowid IN (
          SELECT b.rowid
          FROM company_access_current_grant AS g
          CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
          CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
          CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
          AND b.company_id = lk.key
          WHERE g.began_change = :change))))
  WHERE id <> ?);

-- plan of undo of edits of pairs
-- AdministratorRule.isBroken
WITH access_after_undo AS NOT MATERIALIZED (
  SELECT a.user_id, a.company_id
  FROM hrm_user_company_access AS a
  WHERE NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change))
  UNION ALL SELECT hu.key, hk.key
  FROM company_access_ended_grant AS h
  CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
  CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
  LEFT JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = hu.key
  LEFT JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = hk.key
  WHERE h.ended_change = :change
  AND h.began_change IS NOT 32
  AND u.id IS NOT NULL
  AND c.id IS NOT NULL
  AND (hu.ended_change IS NULL)
  AND (hk.ended_change IS NULL)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
    AND NOT (+a.rowid IN (
        SELECT b.rowid
        FROM company_access_current_grant AS g
        CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
        CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
        CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
        AND b.company_id = lk.key
        WHERE g.began_change = :change)))) SELECT EXISTS (
  SELECT 1
  FROM hrm_users AS u
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), FALSE)
  AND (coalesce(u.is_active, 1) <> 0)
  AND NOT EXISTS (
    SELECT 1
    FROM hrm_company AS c
    WHERE (coalesce(c.is_active, 1) <> 0)
    AND NOT EXISTS (
      SELECT 1 FROM access_after_undo AS a WHERE a.user_id = u.id AND a.company_id = c.id)));

-- undo of edits of pairs
-- GrantWriter+Chunks.collectRowIDs
INSERT INTO temp.company_access_picked_returning SELECT h.entry
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = hu.key
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = hk.key
WHERE h.ended_change = :change
AND h.began_change IS NOT 32
AND u.id IS NOT NULL
AND c.id IS NOT NULL
AND (hu.ended_change IS NULL)
AND (hk.ended_change IS NULL)
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE (a.id = h.id OR a.user_id = hu.key AND a.company_id = hk.key)
  AND NOT (+a.rowid IN (
      SELECT b.rowid
      FROM company_access_current_grant AS g
      CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime
      CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
      CROSS JOIN hrm_user_company_access AS b ON b.user_id = lu.key
      AND b.company_id = lk.key
      WHERE g.began_change = :change)))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_ended_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND l.began_change IS NOT l.ended_change
  AND (l.ended_change > :change))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_ended_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND l.began_change IS NOT l.ended_change
  AND (l.began_change > :change))
AND NOT EXISTS (
  SELECT 1
  FROM company_access_current_grant AS l
  WHERE l.user_lifetime = hu.lifetime
  AND l.company_lifetime = hk.lifetime
  AND (l.began_change > :change));

-- undo of edits of pairs
-- GrantWriter+Chunks.forEachChunk
INSERT INTO main.hrm_user_company_access (id, user_id, company_id, created_at, modified_at) SELECT h.id, hu.key, hk.key, coalesce(h.created_at, (SELECT n.at FROM company_access_change AS n WHERE n.id = 33)), coalesce(h.modified_at, (SELECT n.at FROM company_access_change AS n WHERE n.id = 33))
FROM company_access_ended_grant AS h
CROSS JOIN company_access_user_lifetime AS hu ON hu.lifetime = h.user_lifetime
CROSS JOIN company_access_company_lifetime AS hk ON hk.lifetime = h.company_lifetime
WHERE h.entry IN (
  SELECT row FROM temp.company_access_picked_returning WHERE row > ?1 AND row <= ?2)
ORDER BY hu.key, hk.key;

-- log
-- ChangeReader.changes
SELECT x.id, x.at, x.actor, x.origin, x.action, x.reason, x.added + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_current_grant AS n WHERE n.began_change = x.id) + (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.began_change = x.id) ELSE 0 END, x.removed + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.ended_change = x.id) ELSE 0 END, x.undoes, x.ticket, x.decided_at
FROM company_access_change AS x
WHERE x.id = ?;

-- log
-- ChangeReader.counts
SELECT e.kind, e.event, count(*)
FROM (
  SELECT DISTINCT kind, event, lifetime
  FROM (
    SELECT 'user' AS kind, l.lifetime, l.key AS id, l.began_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = l.began_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > l.began_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_user_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.began_change
    AND i.kind = 'user'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE l.began_change = :change
    AND l.present
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_former_user AS f
      WHERE f.lifetime = l.lifetime
      AND NOT f.present)
    AND TRUE
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, l.ended_change AS change_id, 'gone' AS event, l.name AS name, i.before, i.after, i.entry
    FROM company_access_user_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
    AND i.kind = 'user'
    AND i.lifetime = l.lifetime
    AND i.before IS NOT NULL
    WHERE l.ended_change = :change
    AND l.present
    AND TRUE
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, i.change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > i.change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_row_image AS i JOIN company_access_user_lifetime AS l ON l.lifetime = i.lifetime
    WHERE i.kind = 'user'
    AND i.before IS NOT NULL
    AND i.after IS NOT NULL
    AND i.change = :change
    AND l.ended_change IS NOT i.change
    AND TRUE
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, NULL, NULL, NULL
    FROM company_access_former_user AS f JOIN company_access_user_lifetime AS l ON l.lifetime = f.lifetime
    WHERE f.ended_change = :change
    AND f.present
    AND l.ended_change IS NOT f.ended_change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_row_image AS i
      WHERE i.change = f.ended_change
      AND i.kind = 'user'
      AND i.lifetime = l.lifetime)
    AND TRUE
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = f.ended_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_former_user AS f JOIN company_access_user_lifetime AS l ON l.lifetime = f.lifetime
    LEFT JOIN company_access_row_image AS i ON i.change = f.ended_change
    AND i.kind = 'user'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE f.ended_change = :change
    AND f.present = 0
    AND TRUE
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, l.began_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = l.began_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > l.began_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_company_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.began_change
    AND i.kind = 'company'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE l.began_change = :change
    AND l.present
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_former_company AS f
      WHERE f.lifetime = l.lifetime
      AND NOT f.present)
    AND TRUE
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, l.ended_change AS change_id, 'gone' AS event, l.name AS name, i.before, i.after, i.entry
    FROM company_access_company_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
    AND i.kind = 'company'
    AND i.lifetime = l.lifetime
    AND i.before IS NOT NULL
    WHERE l.ended_change = :change
    AND l.present
    AND TRUE
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, i.change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > i.change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_row_image AS i JOIN company_access_company_lifetime AS l ON l.lifetime = i.lifetime
    WHERE i.kind = 'company'
    AND i.before IS NOT NULL
    AND i.after IS NOT NULL
    AND i.change = :change
    AND l.ended_change IS NOT i.change
    AND TRUE
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, NULL, NULL, NULL
    FROM company_access_former_company AS f JOIN company_access_company_lifetime AS l ON l.lifetime = f.lifetime
    WHERE f.ended_change = :change
    AND f.present
    AND l.ended_change IS NOT f.ended_change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_row_image AS i
      WHERE i.change = f.ended_change
      AND i.kind = 'company'
      AND i.lifetime = l.lifetime)
    AND TRUE
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = f.ended_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_former_company AS f JOIN company_access_company_lifetime AS l ON l.lifetime = f.lifetime
    LEFT JOIN company_access_row_image AS i ON i.change = f.ended_change
    AND i.kind = 'company'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE f.ended_change = :change
    AND f.present = 0
    AND TRUE)) AS e
GROUP BY e.kind, e.event
ORDER BY e.kind DESC, e.event DESC;

-- log
-- ChangeReader.extent
SELECT n.users, n.companies, coalesce(coalesce((
      SELECT f.name
      FROM company_access_former_user AS f
      WHERE f.lifetime = n.u
      AND f.ended_change > :change
      AND f.present
      ORDER BY f.ended_change
      LIMIT 1), (
      SELECT l.name FROM company_access_user_lifetime AS l WHERE l.lifetime = n.u)), (
    SELECT l.key FROM company_access_user_lifetime AS l WHERE l.lifetime = n.u)), coalesce(coalesce((
      SELECT f.code
      FROM company_access_former_company AS f
      WHERE f.lifetime = n.c
      AND f.ended_change > :change
      AND f.present
      ORDER BY f.ended_change
      LIMIT 1), (
      SELECT l.code FROM company_access_company_lifetime AS l WHERE l.lifetime = n.c)), coalesce(coalesce((
        SELECT f.name
        FROM company_access_former_company AS f
        WHERE f.lifetime = n.c
        AND f.ended_change > :change
        AND f.present
        ORDER BY f.ended_change
        LIMIT 1), (
        SELECT l.name FROM company_access_company_lifetime AS l WHERE l.lifetime = n.c)), (
      SELECT l.key FROM company_access_company_lifetime AS l WHERE l.lifetime = n.c)))
FROM (
  SELECT count(DISTINCT p.u) AS users, count(DISTINCT p.c) AS companies, min(p.u) AS u, min(p.c) AS c
  FROM (
    SELECT g.user_lifetime AS u, g.company_lifetime AS c
    FROM company_access_current_grant AS g
    WHERE g.began_change = :change
    UNION ALL SELECT g.user_lifetime AS u, g.company_lifetime AS c
    FROM company_access_ended_grant AS g
    WHERE g.began_change = :change
    UNION ALL SELECT g.user_lifetime AS u, g.company_lifetime AS c
    FROM company_access_ended_grant AS g
    WHERE g.ended_change = :change) AS p) AS n
WHERE n.users > 0;

-- log
-- Relations.init
SELECT EXISTS (SELECT 1 FROM company_access_change WHERE id = ?1), EXISTS (
  SELECT 1
  FROM company_access_setting
  WHERE key = 'kept_from_change'
  AND CAST(value AS INTEGER) > ?1);

-- log
-- MomentAtTime.first
SELECT min(id) FROM company_access_change WHERE id > ? AND action IN ('record resumed', 'found');

-- log
-- RestorationNote.all
SELECT x.id, coalesce(x.id = (
    SELECT CAST(s.value AS INTEGER)
    FROM company_access_setting AS s
    WHERE s.key = 'record_replaced'), FALSE)
FROM company_access_change AS x
WHERE x.action = 'restore'
AND x.id > ?
ORDER BY x.id;

-- log
-- MomentAtTime.first
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
  WHERE NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)
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
  WHERE NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)
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
    LIMIT 4) SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, first.n AS k
  FROM first
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = first.id) AS p
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
  WHERE NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)
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
  WHERE NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)
  AND u.id >= ?1
  ORDER BY id
  LIMIT 15) AS p
ORDER BY p.k, p.id;

-- users by username, holding a company, now, first page
-- Listing.hasFewHolders
SELECT count(*)
FROM (
  SELECT 1
  FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?1)
  LIMIT 5000);

-- users by username, holding a company, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?1) AS g
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
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.username COLLATE BINARY AS k
  FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?1) AS g
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
  FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?1) AS g
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
  FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  WHERE u.id = ?2) AS p;

-- users by username, holding a company, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id);

-- users by granted, holding a company, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(g.granted_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, (
      SELECT rg.began_change
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = a.user_id
      AND lk.key = a.company_id) AS change_id, coalesce((
        SELECT h.at
        FROM company_access_change AS h
        WHERE h.id = (
          SELECT rg.began_change
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = a.user_id
          AND lk.key = a.company_id)), a.created_at) AS granted_at
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
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce(g.granted_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, (
      SELECT rg.began_change
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = a.user_id
      AND lk.key = a.company_id) AS change_id, coalesce((
        SELECT h.at
        FROM company_access_change AS h
        WHERE h.id = (
          SELECT rg.began_change
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = a.user_id
          AND lk.key = a.company_id)), a.created_at) AS granted_at
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  WHERE coalesce(g.granted_at, '') >= CAST(?3 AS TEXT)
  AND (coalesce(g.granted_at, ''), u.id) > (CAST(?3 AS TEXT), ?2)
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by granted, holding a company, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT a.user_id, a.company_id, (
      SELECT rg.began_change
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = a.user_id
      AND lk.key = a.company_id) AS change_id, coalesce((
        SELECT h.at
        FROM company_access_change AS h
        WHERE h.id = (
          SELECT rg.began_change
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = a.user_id
          AND lk.key = a.company_id)), a.created_at) AS granted_at
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  WHERE coalesce(g.granted_at, '') <= CAST(?3 AS TEXT)
  AND (coalesce(g.granted_at, ''), u.id) < (CAST(?3 AS TEXT), ?2));

-- users by granted, holding a company, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, coalesce(g.granted_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, (
      SELECT rg.began_change
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = a.user_id
      AND lk.key = a.company_id) AS change_id, coalesce((
        SELECT h.at
        FROM company_access_change AS h
        WHERE h.id = (
          SELECT rg.began_change
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = a.user_id
          AND lk.key = a.company_id)), a.created_at) AS granted_at
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id
  WHERE u.id = ?2) AS p;

-- users by granted, holding a company, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT a.user_id, a.company_id, (
      SELECT rg.began_change
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = a.user_id
      AND lk.key = a.company_id) AS change_id, coalesce((
        SELECT h.at
        FROM company_access_change AS h
        WHERE h.id = (
          SELECT rg.began_change
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = a.user_id
          AND lk.key = a.company_id)), a.created_at) AS granted_at
    FROM hrm_user_company_access AS a
    WHERE a.company_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u ON u.id = g.user_id);

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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1)
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1)
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1)
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1)
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1)
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1)
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?1));

-- users by username, marked a company, now, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +p.id), (
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((
        SELECT coalesce((
            SELECT h.at
            FROM company_access_change AS h
            WHERE h.id = (
              SELECT rg.began_change
              FROM company_access_user_lifetime AS lu
              CROSS JOIN company_access_company_lifetime AS lk
              CROSS JOIN company_access_current_grant AS rg
              WHERE lu.lifetime = rg.user_lifetime
              AND lk.lifetime = rg.company_lifetime
              AND lu.key = a.user_id
              AND lk.key = a.company_id)), a.created_at)
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
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((
        SELECT coalesce((
            SELECT h.at
            FROM company_access_change AS h
            WHERE h.id = (
              SELECT rg.began_change
              FROM company_access_user_lifetime AS lu
              CROSS JOIN company_access_company_lifetime AS lk
              CROSS JOIN company_access_current_grant AS rg
              WHERE lu.lifetime = rg.user_lifetime
              AND lk.lifetime = rg.company_lifetime
              AND lu.key = a.user_id
              AND lk.key = a.company_id)), a.created_at)
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
      SELECT coalesce((
          SELECT h.at
          FROM company_access_change AS h
          WHERE h.id = (
            SELECT rg.began_change
            FROM company_access_user_lifetime AS lu
            CROSS JOIN company_access_company_lifetime AS lk
            CROSS JOIN company_access_current_grant AS rg
            WHERE lu.lifetime = rg.user_lifetime
            AND lk.lifetime = rg.company_lifetime
            AND lu.key = a.user_id
            AND lk.key = a.company_id)), a.created_at)
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +u.id
      AND a.company_id = +?1), '') <= CAST(?3 AS TEXT)
  AND (coalesce((
        SELECT coalesce((
            SELECT h.at
            FROM company_access_change AS h
            WHERE h.id = (
              SELECT rg.began_change
              FROM company_access_user_lifetime AS lu
              CROSS JOIN company_access_company_lifetime AS lk
              CROSS JOIN company_access_current_grant AS rg
              WHERE lu.lifetime = rg.user_lifetime
              AND lk.lifetime = rg.company_lifetime
              AND lu.key = a.user_id
              AND lk.key = a.company_id)), a.created_at)
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +u.id
        AND a.company_id = +?1), ''), u.id) < (CAST(?3 AS TEXT), ?2));

-- users by granted, marked a company, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, coalesce((
      SELECT coalesce((
          SELECT h.at
          FROM company_access_change AS h
          WHERE h.id = (
            SELECT rg.began_change
            FROM company_access_user_lifetime AS lu
            CROSS JOIN company_access_company_lifetime AS lk
            CROSS JOIN company_access_current_grant AS rg
            WHERE lu.lifetime = rg.user_lifetime
            AND lk.lifetime = rg.company_lifetime
            AND lu.key = a.user_id
            AND lk.key = a.company_id)), a.created_at)
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
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((
        SELECT coalesce((
            SELECT h.at
            FROM company_access_change AS h
            WHERE h.id = (
              SELECT rg.began_change
              FROM company_access_user_lifetime AS lu
              CROSS JOIN company_access_company_lifetime AS lk
              CROSS JOIN company_access_current_grant AS rg
              WHERE lu.lifetime = rg.user_lifetime
              AND lk.lifetime = rg.company_lifetime
              AND lu.key = a.user_id
              AND lk.key = a.company_id)), a.created_at)
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
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +p.id
  AND a.company_id = +?1), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = p.id
  AND lk.key = ?1), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, coalesce((
        SELECT coalesce((
            SELECT h.at
            FROM company_access_change AS h
            WHERE h.id = (
              SELECT rg.began_change
              FROM company_access_user_lifetime AS lu
              CROSS JOIN company_access_company_lifetime AS lk
              CROSS JOIN company_access_current_grant AS rg
              WHERE lu.lifetime = rg.user_lifetime
              AND lk.lifetime = rg.company_lifetime
              AND lu.key = a.user_id
              AND lk.key = a.company_id)), a.created_at)
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

-- users by username, now, first page
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
  WHERE u.id IN (
    SELECT n.id
    FROM (
      SELECT a.user_id AS id, count(*) AS n FROM hrm_user_company_access AS a GROUP BY a.user_id) AS n
    WHERE n.n BETWEEN 2 AND 5)
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, now, next page
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
    WHERE u.username COLLATE BINARY >= CAST(?2 AS TEXT)
    AND (u.username COLLATE BINARY, u.id) > (CAST(?2 AS TEXT), ?1)
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE u.id IN (
    SELECT n.id
    FROM (
      SELECT a.user_id AS id, count(*) AS n FROM hrm_user_company_access AS a GROUP BY a.user_id) AS n
    WHERE n.n BETWEEN 2 AND 5)
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE u.id IN (
    SELECT n.id
    FROM (
      SELECT a.user_id AS id, count(*) AS n FROM hrm_user_company_access AS a GROUP BY a.user_id) AS n
    WHERE n.n BETWEEN 2 AND 5)
  AND u.username COLLATE BINARY <= CAST(?2 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) < (CAST(?2 AS TEXT), ?1));

-- users by username, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE u.id IN (
    SELECT n.id
    FROM (
      SELECT a.user_id AS id, count(*) AS n FROM hrm_user_company_access AS a GROUP BY a.user_id) AS n
    WHERE n.n BETWEEN 2 AND 5)
  AND u.id = ?1) AS p;

-- users by username, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE u.id IN (
    SELECT n.id
    FROM (
      SELECT a.user_id AS id, count(*) AS n FROM hrm_user_company_access AS a GROUP BY a.user_id) AS n
    WHERE n.n BETWEEN 2 AND 5));

-- users by username, now, first page
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
  WHERE (u.id IN (SELECT value FROM temp.json_each(?1)) OR TRUE)
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, now, next page
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
  WHERE (u.id IN (SELECT value FROM temp.json_each(?1)) OR TRUE)
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, now, next page
-- Listing.anyRow
SELECT EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE (u.id IN (SELECT value FROM temp.json_each(?1)) OR TRUE)
  AND u.username COLLATE BINARY <= CAST(?3 AS TEXT)
  AND (u.username COLLATE BINARY, u.id) < (CAST(?3 AS TEXT), ?2));

-- users by username, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS u
  WHERE (u.id IN (SELECT value FROM temp.json_each(?1)) OR TRUE)
  AND u.id = ?2) AS p;

-- users by username, now, page with one of them
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
  WHERE (u.id IN (SELECT value FROM temp.json_each(?1)) OR TRUE)
  ORDER BY u.k DESC, u.id DESC
  LIMIT 11) AS p
ORDER BY p.k DESC, p.id DESC;

-- users by username, now, page with one of them
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
  WHERE (u.id IN (SELECT value FROM temp.json_each(?1)) OR TRUE)
  ORDER BY u.k, u.id
  LIMIT 17) AS p
ORDER BY p.k, p.id;

-- users by username, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE (u.id IN (SELECT value FROM temp.json_each(?1)) OR TRUE));

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
  AND NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)
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
  AND NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)
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
  AND NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)
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
  AND NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id)
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
  AND NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id));

-- companies by name, now, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), (
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = ?1
  AND lk.key = p.id), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce(g.granted_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, (
      SELECT rg.began_change
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = a.user_id
      AND lk.key = a.company_id) AS change_id, coalesce((
        SELECT h.at
        FROM company_access_change AS h
        WHERE h.id = (
          SELECT rg.began_change
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = a.user_id
          AND lk.key = a.company_id)), a.created_at) AS granted_at
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1) AS g
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
  SELECT c.id AS id, coalesce(g.granted_at, '') AS k
  FROM (
    SELECT a.user_id, a.company_id, (
      SELECT rg.began_change
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = a.user_id
      AND lk.key = a.company_id) AS change_id, coalesce((
        SELECT h.at
        FROM company_access_change AS h
        WHERE h.id = (
          SELECT rg.began_change
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = a.user_id
          AND lk.key = a.company_id)), a.created_at) AS granted_at
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = g.company_id
  WHERE c.id = ?2) AS p;

-- companies by granted, holding a user, now
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT a.user_id, a.company_id, (
      SELECT rg.began_change
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = a.user_id
      AND lk.key = a.company_id) AS change_id, coalesce((
        SELECT h.at
        FROM company_access_change AS h
        WHERE h.id = (
          SELECT rg.began_change
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = a.user_id
          AND lk.key = a.company_id)), a.created_at) AS granted_at
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +?1) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c ON c.id = g.company_id);

-- companies by granted, lacking a user, now, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS c
    ORDER BY k, id
    LIMIT 5000) AS c
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +?1 AND a.company_id = +c.id)
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, lacking a user, now, next page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +?1 AND a.company_id = +c.id)
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +?1 AND a.company_id = +c.id)
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +?1 AND a.company_id = +c.id)
  AND c.id = ?2) AS p;

-- companies by granted, lacking a user, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +?1 AND a.company_id = +c.id)
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +?1 AND a.company_id = +c.id)
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
  WHERE NOT EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +?1 AND a.company_id = +c.id));

-- companies by granted, marked a user, now, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), (
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = ?1
  AND lk.key = p.id), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce((
        SELECT coalesce((
            SELECT h.at
            FROM company_access_change AS h
            WHERE h.id = (
              SELECT rg.began_change
              FROM company_access_user_lifetime AS lu
              CROSS JOIN company_access_company_lifetime AS lk
              CROSS JOIN company_access_current_grant AS rg
              WHERE lu.lifetime = rg.user_lifetime
              AND lk.lifetime = rg.company_lifetime
              AND lu.key = a.user_id
              AND lk.key = a.company_id)), a.created_at)
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +c.id), '') AS k
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), (
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = ?1
  AND lk.key = p.id), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce((
        SELECT coalesce((
            SELECT h.at
            FROM company_access_change AS h
            WHERE h.id = (
              SELECT rg.began_change
              FROM company_access_user_lifetime AS lu
              CROSS JOIN company_access_company_lifetime AS lk
              CROSS JOIN company_access_current_grant AS rg
              WHERE lu.lifetime = rg.user_lifetime
              AND lk.lifetime = rg.company_lifetime
              AND lu.key = a.user_id
              AND lk.key = a.company_id)), a.created_at)
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +c.id), '') AS k
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
      SELECT coalesce((
          SELECT h.at
          FROM company_access_change AS h
          WHERE h.id = (
            SELECT rg.began_change
            FROM company_access_user_lifetime AS lu
            CROSS JOIN company_access_company_lifetime AS lk
            CROSS JOIN company_access_current_grant AS rg
            WHERE lu.lifetime = rg.user_lifetime
            AND lk.lifetime = rg.company_lifetime
            AND lu.key = a.user_id
            AND lk.key = a.company_id)), a.created_at)
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id), '') <= CAST(?3 AS TEXT)
  AND (coalesce((
        SELECT coalesce((
            SELECT h.at
            FROM company_access_change AS h
            WHERE h.id = (
              SELECT rg.began_change
              FROM company_access_user_lifetime AS lu
              CROSS JOIN company_access_company_lifetime AS lk
              CROSS JOIN company_access_current_grant AS rg
              WHERE lu.lifetime = rg.user_lifetime
              AND lk.lifetime = rg.company_lifetime
              AND lu.key = a.user_id
              AND lk.key = a.company_id)), a.created_at)
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +c.id), ''), c.id) < (CAST(?3 AS TEXT), ?2));

-- companies by granted, marked a user, now, page with one of them
-- Listing.place
SELECT p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, coalesce((
      SELECT coalesce((
          SELECT h.at
          FROM company_access_change AS h
          WHERE h.id = (
            SELECT rg.began_change
            FROM company_access_user_lifetime AS lu
            CROSS JOIN company_access_company_lifetime AS lk
            CROSS JOIN company_access_current_grant AS rg
            WHERE lu.lifetime = rg.user_lifetime
            AND lk.lifetime = rg.company_lifetime
            AND lu.key = a.user_id
            AND lk.key = a.company_id)), a.created_at)
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +?1
      AND a.company_id = +c.id), '') AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS c
  WHERE c.id = ?2) AS p;

-- companies by granted, marked a user, now, page with one of them
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), (
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = ?1
  AND lk.key = p.id), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce((
        SELECT coalesce((
            SELECT h.at
            FROM company_access_change AS h
            WHERE h.id = (
              SELECT rg.began_change
              FROM company_access_user_lifetime AS lu
              CROSS JOIN company_access_company_lifetime AS lk
              CROSS JOIN company_access_current_grant AS rg
              WHERE lu.lifetime = rg.user_lifetime
              AND lk.lifetime = rg.company_lifetime
              AND lu.key = a.user_id
              AND lk.key = a.company_id)), a.created_at)
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +c.id), '') AS k
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), (
  SELECT coalesce((
      SELECT h.at
      FROM company_access_change AS h
      WHERE h.id = (
        SELECT rg.began_change
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lk.lifetime = rg.company_lifetime
        AND lu.key = a.user_id
        AND lk.key = a.company_id)), a.created_at)
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +?1
  AND a.company_id = +p.id), (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = ?1
  AND lk.key = p.id), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, coalesce((
        SELECT coalesce((
            SELECT h.at
            FROM company_access_change AS h
            WHERE h.id = (
              SELECT rg.began_change
              FROM company_access_user_lifetime AS lu
              CROSS JOIN company_access_company_lifetime AS lk
              CROSS JOIN company_access_current_grant AS rg
              WHERE lu.lifetime = rg.user_lifetime
              AND lk.lifetime = rg.company_lifetime
              AND lu.key = a.user_id
              AND lk.key = a.company_id)), a.created_at)
        FROM hrm_user_company_access AS a
        WHERE a.user_id = +?1
        AND a.company_id = +c.id), '') AS k
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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +p.id), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
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
  AND NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)
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
  AND NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)
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
  AND NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.company_id = +c.id));

-- look-alikes
-- ConfusableNames.all
SELECT count(*) FROM (SELECT 1 FROM hrm_users AS hrm_users LIMIT 50001);

-- look-alikes
-- ConfusableNames.all
SELECT id, username FROM hrm_users AS hrm_users;

-- look-alikes
-- ConfusableNames.all
SELECT count(*) FROM (SELECT 1 FROM hrm_company AS hrm_company LIMIT 50001);

-- look-alikes
-- ConfusableNames.all
SELECT id, name FROM hrm_company AS hrm_company;

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
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +c.id), NULL, NULL, NULL, NULL
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
SELECT t.code FROM hrm_company AS t WHERE t.code IS NOT NULL LIMIT 20000;

-- names
-- NameQueries.similar
SELECT t.name FROM hrm_company AS t WHERE t.name IS NOT NULL LIMIT 20000;

-- check, now
-- UserReading.mayEnter
SELECT EXISTS (
  SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +?1 AND a.company_id = +?2);

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
    FROM hrm_users AS l) AS m
  WHERE m.id = g.id), 0
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
  WHERE NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.company_id = +c.id));

-- statistics, now
-- StatisticsReading.inactiveUsersWithAccess
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l NOT INDEXED) AS u
  WHERE NOT u.is_active
  AND EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id));

-- statistics, now
-- StatisticsReading.init
SELECT (SELECT count(*) FROM hrm_users AS l), (SELECT count(*) FROM hrm_company AS l), 4000, NULL;

-- why, now
-- LifeReader.holders
SELECT h.lifetime, coalesce((
    SELECT f.name
    FROM company_access_former_user AS f
    WHERE f.lifetime = h.lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name FROM company_access_user_lifetime AS l WHERE l.lifetime = h.lifetime)), CASE WHEN h.ended_change <= ?2 THEN h.ended_change END, h.continues
FROM company_access_user_lifetime AS h
WHERE h.key = ?1
AND coalesce(h.began_change, 0) <= ?2
ORDER BY h.lifetime;

-- why, now
-- LifeReader.holders
SELECT h.lifetime, coalesce((
    SELECT f.name
    FROM company_access_former_company AS f
    WHERE f.lifetime = h.lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name FROM company_access_company_lifetime AS l WHERE l.lifetime = h.lifetime)), CASE WHEN h.ended_change <= ?2 THEN h.ended_change END, h.continues
FROM company_access_company_lifetime AS h
WHERE h.key = ?1
AND coalesce(h.began_change, 0) <= ?2
ORDER BY h.lifetime;

-- why, now
-- LifeReader.episodes
SELECT user_lifetime, company_lifetime, made, granted, ended
FROM (
  SELECT g.user_lifetime, g.company_lifetime, g.began_change AS granted, CASE WHEN g.ended_change <= ?3 THEN g.ended_change END AS ended, g.created_at AS made, g.entry AS n
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_ended_grant AS g
  WHERE lu.key = ?1
  AND lk.key = ?2
  AND g.user_lifetime = lu.lifetime
  AND g.company_lifetime = lk.lifetime
  AND coalesce(g.began_change, 0) <= ?3
  UNION ALL SELECT g.user_lifetime, g.company_lifetime, g.began_change AS granted, NULL, (
    SELECT a.created_at
    FROM hrm_user_company_access AS a
    WHERE a.user_id = ?1
    AND a.company_id = ?2), NULL
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS g
  WHERE lu.key = ?1
  AND lk.key = ?2
  AND g.user_lifetime = lu.lifetime
  AND g.company_lifetime = lk.lifetime
  AND coalesce(g.began_change, 0) <= ?3)
ORDER BY granted NULLS FIRST, ended IS NULL, ended, n;

-- why, now
-- LifeReader.compareWithTable
SELECT a.created_at FROM hrm_user_company_access AS a WHERE a.user_id = ?1 AND a.company_id = ?2;

-- why, now
-- LifeReader.notes
SELECT id
FROM company_access_change
WHERE action IN ('record resumed', 'found')
AND id <= ?
ORDER BY id;

-- why, now
-- RestorationNote.all
SELECT x.id, coalesce(x.id = (
    SELECT CAST(s.value AS INTEGER)
    FROM company_access_setting AS s
    WHERE s.key = 'record_replaced'), FALSE)
FROM company_access_change AS x
WHERE x.action = 'restore'
AND x.id > ?
AND x.id <= ?
ORDER BY x.id;

-- why, now
-- FormerNames.namesakes
SELECT n.key, n.until, n.now
FROM (
  SELECT l.key, coalesce(l.ended_change, u.until) AS until, (
    SELECT o.name
    FROM company_access_user_lifetime AS o
    WHERE o.key = l.key
    AND o.ended_change IS NULL
    AND o.present
    AND NOT (o.name IS ?1)
    AND o.lifetime = l.lifetime) AS now, row_number() OVER (PARTITION BY l.key ORDER BY u.until DESC) AS place
  FROM (
    SELECT f.lifetime AS life, f.ended_change AS until
    FROM company_access_former_user AS f
    WHERE f.name = ?1
    AND f.present
    UNION ALL SELECT e.lifetime, e.ended_change
    FROM company_access_user_lifetime AS e
    WHERE e.name = ?1
    AND e.present
    AND e.ended_change IS NOT NULL) AS u
  CROSS JOIN company_access_user_lifetime AS l ON l.lifetime = u.life
  WHERE NOT EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS o
    WHERE o.key = l.key
    AND o.ended_change IS NULL
    AND o.present
    AND o.name = ?1)) AS n
WHERE n.place = 1
ORDER BY n.until DESC
LIMIT 100;

-- why, now
-- FormerNames.namesakes
SELECT n.key, n.until, n.now
FROM (
  SELECT l.key, coalesce(l.ended_change, u.until) AS until, (
    SELECT o.name
    FROM company_access_company_lifetime AS o
    WHERE o.key = l.key
    AND o.ended_change IS NULL
    AND o.present
    AND NOT (o.name IS ?1)
    AND o.lifetime = l.lifetime) AS now, row_number() OVER (PARTITION BY l.key ORDER BY u.until DESC) AS place
  FROM (
    SELECT f.lifetime AS life, f.ended_change AS until
    FROM company_access_former_company AS f
    WHERE f.name = ?1
    AND f.present
    UNION ALL SELECT e.lifetime, e.ended_change
    FROM company_access_company_lifetime AS e
    WHERE e.name = ?1
    AND e.present
    AND e.ended_change IS NOT NULL) AS u
  CROSS JOIN company_access_company_lifetime AS l ON l.lifetime = u.life
  WHERE NOT EXISTS (
    SELECT 1
    FROM company_access_company_lifetime AS o
    WHERE o.key = l.key
    AND o.ended_change IS NULL
    AND o.present
    AND o.name = ?1)) AS n
WHERE n.place = 1
ORDER BY n.until DESC
LIMIT 100;

-- grid, now
-- GrantWindowReading.pairs
SELECT *
FROM (
  SELECT x.value AS u, y.value AS c, EXISTS (
    SELECT 1
    FROM hrm_user_company_access AS a
    WHERE a.user_id = +x.value
    AND a.company_id = +y.value) AS granted, FALSE AS barred
  FROM (SELECT value FROM temp.json_each(?1)) AS x
  CROSS JOIN (SELECT value FROM temp.json_each(?2)) AS y)
WHERE granted
OR barred;

-- grid, now
-- GrantWindowReading.picked
SELECT p.id
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS p
WHERE p.id IN (SELECT value FROM temp.json_each(?1));

-- grid, now
-- GrantWindowReading.picked
SELECT p.id
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS p
WHERE p.id IN (SELECT value FROM temp.json_each(?1))
AND p.id IN (SELECT value FROM temp.json_each(?2));

-- grid, now
-- GrantWindowReading.picked
SELECT p.id
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS p
WHERE p.id IN (SELECT value FROM temp.json_each(?1))
AND p.id IN (SELECT value FROM temp.json_each(?2));

-- grid, now
-- GrantWindowReading.picked
SELECT p.id
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS p
WHERE p.id IN (SELECT value FROM temp.json_each(?1));

-- page, now
-- AccessStore+Creation.created
WITH RECURSIVE life (l) AS (
  SELECT max(o.lifetime)
  FROM company_access_user_lifetime AS o
  WHERE o.key = ?1
  AND coalesce(o.began_change, 0) <= ?2
  UNION ALL SELECT o.continues
  FROM life JOIN company_access_user_lifetime AS o ON o.lifetime = life.l) SELECT coalesce(o.created_at, (SELECT h.at FROM company_access_change AS h WHERE h.id = o.began_change))
FROM life JOIN company_access_user_lifetime AS o ON o.lifetime = life.l
WHERE NOT EXISTS (SELECT 1 FROM company_access_user_lifetime AS e WHERE e.lifetime = o.continues);

-- page, now
-- AccessStore+Creation.created
WITH RECURSIVE life (l) AS (
  SELECT max(o.lifetime)
  FROM company_access_company_lifetime AS o
  WHERE o.key = ?1
  AND coalesce(o.began_change, 0) <= ?2
  UNION ALL SELECT o.continues
  FROM life JOIN company_access_company_lifetime AS o ON o.lifetime = life.l) SELECT coalesce(o.created_at, (SELECT h.at FROM company_access_change AS h WHERE h.id = o.began_change))
FROM life JOIN company_access_company_lifetime AS o ON o.lifetime = life.l
WHERE NOT EXISTS (
  SELECT 1 FROM company_access_company_lifetime AS e WHERE e.lifetime = o.continues);

-- grid, how much edits change
-- EditedPairs.tally
SELECT count(*)
FROM (
  SELECT l.user_id
  FROM company_access_edited.leaving AS l
  GROUP BY l.user_id HAVING count(*) = (
    SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = l.user_id)
  AND l.user_id NOT IN (SELECT p.user_id FROM company_access_edited.pair AS p WHERE p.grants));

-- plan of count of a column of the grid
-- GrantPlanner.tally
SELECT count(*)
FROM (
  SELECT t.id
  FROM (
    SELECT a.user_id AS id
    FROM hrm_user_company_access AS a
    WHERE a.company_id IN (
      SELECT p.id
      FROM (
        SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_company AS l) AS p
      WHERE p.id IN (SELECT value FROM temp.json_each(?1)))
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
      WHERE p.id IN (SELECT value FROM temp.json_each(?2)))));

-- users by username, at a change, first page
-- Relations+Orphans.isMissing
SELECT (EXISTS (
    SELECT 1
    FROM company_access_company_lifetime AS o
    WHERE (o.present = 0 OR o.ended_change IS NOT NULL)
    AND NOT (EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
          FROM (
            SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
            FROM company_access_company_lifetime AS o
            WHERE o.present
            AND coalesce(o.since_change, 0) <= :change
            AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS m
        WHERE m.id = o.key)
      OR EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
          FROM (
            SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
            FROM company_access_former_company AS f
            CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
            WHERE f.present
            AND f.ended_change > :change
            AND coalesce(f.began_change, 0) <= :change) AS l) AS m
        WHERE m.id = o.key))
    AND (EXISTS (
        SELECT 1
        FROM company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lk.lifetime = rg.company_lifetime
        AND lk.key = o.key
        AND coalesce(rg.began_change, 0) <= :change)
      OR EXISTS (
        SELECT 1
        FROM company_access_company_lifetime AS lk
        CROSS JOIN company_access_ended_grant AS rg
        WHERE lk.lifetime = rg.company_lifetime
        AND lk.key = o.key
        AND rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change)))
  OR EXISTS (
    SELECT 1
    FROM company_access_former_company AS f
    CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present = 0
    AND f.ended_change > :change
    AND NOT (EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
          FROM (
            SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
            FROM company_access_company_lifetime AS o
            WHERE o.present
            AND coalesce(o.since_change, 0) <= :change
            AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS m
        WHERE m.id = o.key)
      OR EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
          FROM (
            SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
            FROM company_access_former_company AS f
            CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
            WHERE f.present
            AND f.ended_change > :change
            AND coalesce(f.began_change, 0) <= :change) AS l) AS m
        WHERE m.id = o.key))
    AND (EXISTS (
        SELECT 1
        FROM company_access_company_lifetime AS lk
        CROSS JOIN company_access_current_grant AS rg
        WHERE lk.lifetime = rg.company_lifetime
        AND lk.key = o.key
        AND coalesce(rg.began_change, 0) <= :change)
      OR EXISTS (
        SELECT 1
        FROM company_access_company_lifetime AS lk
        CROSS JOIN company_access_ended_grant AS rg
        WHERE lk.lifetime = rg.company_lifetime
        AND lk.key = o.key
        AND rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change))));

-- users by username, at a change, first page
-- FormerHolders.knowingFormerHolders
SELECT EXISTS (
  SELECT 1
  FROM company_access_user_lifetime AS o
  WHERE o.ended_change <= :change
  AND ((
      SELECT count(*)
      FROM company_access_current_grant AS rg
      WHERE rg.user_lifetime = o.lifetime
      AND coalesce(rg.began_change, 0) <= :change) > 0
    OR (
      SELECT count(*)
      FROM company_access_ended_grant AS rg
      WHERE rg.user_lifetime = o.lifetime
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change) > 0));

-- users by username, at a change, first page
-- FormerHolders.knowingFormerHolders
SELECT EXISTS (
  SELECT 1
  FROM company_access_company_lifetime AS o
  WHERE o.ended_change <= :change
  AND ((
      SELECT count(*)
      FROM company_access_current_grant AS rg
      WHERE rg.company_lifetime = o.lifetime
      AND coalesce(rg.began_change, 0) <= :change) > 0
    OR (
      SELECT count(*)
      FROM company_access_ended_grant AS rg
      WHERE rg.company_lifetime = o.lifetime
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change) > 0));

-- users by username, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, at a change
-- Listing.count
SELECT (SELECT count(*) FROM company_access_user_lifetime) - (
  SELECT count(*) FROM company_access_user_lifetime WHERE began_change > :change) - (
  SELECT count(*)
  FROM company_access_user_lifetime
  WHERE ended_change IS NOT NULL
  AND ended_change <= :change) - (
  SELECT count(*)
  FROM company_access_user_lifetime AS o
  WHERE (o.present = 0 OR o.ended_change IS NOT NULL)
  AND o.present = 0
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change)) - (
  SELECT count(*)
  FROM company_access_former_user AS f
  CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
  WHERE f.present = 0
  AND f.ended_change > :change
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change));

-- users by id, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.id AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.id AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by name, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, coalesce(u.full_name, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, coalesce(u.full_name, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by role, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, coalesce((SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), '') COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o NOT INDEXED
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, coalesce((SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), '') COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS u
    LIMIT -1) AS u
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by status, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, (NOT u.is_active) AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, (NOT u.is_active) AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by companies, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, 0 AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  WHERE NOT (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, 0 AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  WHERE NOT (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))
  ORDER BY id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, holding a company, at a change, first page
-- Listing.hasFewHolders
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)
  LIMIT 5000);

-- users by username, holding a company, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key))
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at)
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u ON u.id = g.user_id
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u ON u.id = g.user_id
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, holding a company, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u ON u.id = g.user_id) + (
  SELECT count(*)
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u ON u.id = g.user_id);

-- users by granted, holding a company, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key))
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at)
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, coalesce(g.granted_at, '') AS k
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key)) AS granted_at
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at) AS granted_at
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u ON u.id = g.user_id
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, coalesce(g.granted_at, '') AS k
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key)) AS granted_at
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at) AS granted_at
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u ON u.id = g.user_id
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by granted, holding a company, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key)) AS granted_at
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at) AS granted_at
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u ON u.id = g.user_id) + (
  SELECT count(*)
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key)) AS granted_at
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at) AS granted_at
    FROM company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_user_lifetime AS lu
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u ON u.id = g.user_id);

-- users by username, lacking a company, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS u
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE NOT (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = u.id
      AND lk.key = ?1
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = u.id
      AND lk.key = ?1
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, lacking a company, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  WHERE NOT (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = u.id
      AND lk.key = ?1
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = u.id
      AND lk.key = ?1
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))) + (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  WHERE NOT (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = u.id
      AND lk.key = ?1
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = u.id
      AND lk.key = ?1
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)));

-- users by username, marked a company, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key))
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at)
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by granted, marked a company, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key))
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at)
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = p.id
    AND lk.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, coalesce(coalesce((
          SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
              SELECT x.created_at
              FROM hrm_user_company_access AS x
              WHERE x.user_id = lu.key
              AND x.company_id = lk.key))
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = u.id
          AND lk.key = ?1
          AND coalesce(rg.began_change, 0) <= :change), (
          SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at)
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_ended_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = u.id
          AND lk.key = ?1
          AND rg.ended_change > :change
          AND coalesce(rg.began_change, 0) <= :change)), '') AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o NOT INDEXED
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, coalesce(coalesce((
          SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
              SELECT x.created_at
              FROM hrm_user_company_access AS x
              WHERE x.user_id = lu.key
              AND x.company_id = lk.key))
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = u.id
          AND lk.key = ?1
          AND coalesce(rg.began_change, 0) <= :change), (
          SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at)
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_ended_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = u.id
          AND lk.key = ?1
          AND rg.ended_change > :change
          AND coalesce(rg.began_change, 0) <= :change)), '') AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS u
    LIMIT -1) AS u
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, filtered, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS u
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
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name)))) + (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  WHERE (company_access_finds(?1, u.username, u.full_name, u.email, u.id)
    OR u.role IN (SELECT id FROM hrm_role WHERE company_access_finds(?1, name))));

-- users by username, filtered, at a change, first page
-- Listing.hasMoreThanNearby
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  UNION ALL SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  LIMIT 5000);

-- users by username, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS u
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE u.id IN (
    SELECT n.id
    FROM (
      SELECT l.key AS id, sum(t.n) AS n
      FROM (
        SELECT rg.user_lifetime AS l, count(*) AS n
        FROM company_access_current_grant AS rg
        WHERE coalesce(rg.began_change, 0) <= :change
        GROUP BY rg.user_lifetime
        UNION ALL SELECT rg.user_lifetime AS l, count(*) AS n
        FROM company_access_ended_grant AS rg
        WHERE rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change
        GROUP BY rg.user_lifetime) AS t
      CROSS JOIN company_access_user_lifetime AS l ON l.lifetime = t.l
      GROUP BY l.key) AS n
    WHERE n.n BETWEEN 2 AND 5)
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  WHERE u.id IN (
    SELECT n.id
    FROM (
      SELECT l.key AS id, sum(t.n) AS n
      FROM (
        SELECT rg.user_lifetime AS l, count(*) AS n
        FROM company_access_current_grant AS rg
        WHERE coalesce(rg.began_change, 0) <= :change
        GROUP BY rg.user_lifetime
        UNION ALL SELECT rg.user_lifetime AS l, count(*) AS n
        FROM company_access_ended_grant AS rg
        WHERE rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change
        GROUP BY rg.user_lifetime) AS t
      CROSS JOIN company_access_user_lifetime AS l ON l.lifetime = t.l
      GROUP BY l.key) AS n
    WHERE n.n BETWEEN 2 AND 5)) + (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  WHERE u.id IN (
    SELECT n.id
    FROM (
      SELECT l.key AS id, sum(t.n) AS n
      FROM (
        SELECT rg.user_lifetime AS l, count(*) AS n
        FROM company_access_current_grant AS rg
        WHERE coalesce(rg.began_change, 0) <= :change
        GROUP BY rg.user_lifetime
        UNION ALL SELECT rg.user_lifetime AS l, count(*) AS n
        FROM company_access_ended_grant AS rg
        WHERE rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change
        GROUP BY rg.user_lifetime) AS t
      CROSS JOIN company_access_user_lifetime AS l ON l.lifetime = t.l
      GROUP BY l.key) AS n
    WHERE n.n BETWEEN 2 AND 5));

-- users by username, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS u
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE (u.id IN (SELECT value FROM temp.json_each(?1)) OR TRUE)
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  WHERE (u.id IN (SELECT value FROM temp.json_each(?1)) OR TRUE)) + (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  WHERE (u.id IN (SELECT value FROM temp.json_each(?1)) OR TRUE));

-- users by username, filtered, at a change, first page
-- Listing.run
SELECT p.id, p.username, p.full_name, p.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = p.role), p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
    UNION ALL SELECT u.id AS id, u.username AS username, u.full_name AS full_name, u.email AS email, u.role AS role, u.is_active AS is_active, u.lifetime AS lifetime, u.username COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS u
    ORDER BY k, id
    LIMIT 5000) AS u
  WHERE NOT u.is_active
  AND u.role IN (SELECT id FROM hrm_role WHERE name = ?1)
  AND NOT (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))
  ORDER BY u.k, u.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- users by username, filtered, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  WHERE NOT u.is_active
  AND u.role IN (SELECT id FROM hrm_role WHERE name = ?1)
  AND NOT (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))) + (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  WHERE NOT u.is_active
  AND u.role IN (SELECT id FROM hrm_role WHERE name = ?1)
  AND NOT (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)));

-- companies by name, at a change, first page
-- Relations+Orphans.isMissing
SELECT (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS o
    WHERE (o.present = 0 OR o.ended_change IS NOT NULL)
    AND NOT (EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
          FROM (
            SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
            FROM company_access_user_lifetime AS o
            WHERE o.present
            AND coalesce(o.since_change, 0) <= :change
            AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS m
        WHERE m.id = o.key)
      OR EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
          FROM (
            SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
            FROM company_access_former_user AS f
            CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
            WHERE f.present
            AND f.ended_change > :change
            AND coalesce(f.began_change, 0) <= :change) AS l) AS m
        WHERE m.id = o.key))
    AND (EXISTS (
        SELECT 1
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lu.key = o.key
        AND coalesce(rg.began_change, 0) <= :change)
      OR EXISTS (
        SELECT 1
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_ended_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lu.key = o.key
        AND rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change)))
  OR EXISTS (
    SELECT 1
    FROM company_access_former_user AS f
    CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present = 0
    AND f.ended_change > :change
    AND NOT (EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
          FROM (
            SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
            FROM company_access_user_lifetime AS o
            WHERE o.present
            AND coalesce(o.since_change, 0) <= :change
            AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS m
        WHERE m.id = o.key)
      OR EXISTS (
        SELECT 1
        FROM (
          SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
          FROM (
            SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
            FROM company_access_former_user AS f
            CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
            WHERE f.present
            AND f.ended_change > :change
            AND coalesce(f.began_change, 0) <= :change) AS l) AS m
        WHERE m.id = o.key))
    AND (EXISTS (
        SELECT 1
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_current_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lu.key = o.key
        AND coalesce(rg.began_change, 0) <= :change)
      OR EXISTS (
        SELECT 1
        FROM company_access_user_lifetime AS lu
        CROSS JOIN company_access_ended_grant AS rg
        WHERE lu.lifetime = rg.user_lifetime
        AND lu.key = o.key
        AND rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change))));

-- companies by name, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
  UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, c.name COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS c
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by name, at a change
-- Listing.count
SELECT (SELECT count(*) FROM company_access_company_lifetime) - (
  SELECT count(*) FROM company_access_company_lifetime WHERE began_change > :change) - (
  SELECT count(*)
  FROM company_access_company_lifetime
  WHERE ended_change IS NOT NULL
  AND ended_change <= :change) - (
  SELECT count(*)
  FROM company_access_company_lifetime AS o
  WHERE (o.present = 0 OR o.ended_change IS NOT NULL)
  AND o.present = 0
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change)) - (
  SELECT count(*)
  FROM company_access_former_company AS f
  CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
  WHERE f.present = 0
  AND f.ended_change > :change
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change));

-- companies by code, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, coalesce(c.code, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
  UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, coalesce(c.code, '') COLLATE BINARY AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS c
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by status, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, (NOT c.is_active) AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
  UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, (NOT c.is_active) AS k
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS c
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by users, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, p.k, NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, ((
        SELECT coalesce(sum((
              SELECT count(*)
              FROM company_access_current_grant AS rg
              WHERE rg.company_lifetime = lu.lifetime
              AND coalesce(rg.began_change, 0) <= :change) + (
              SELECT count(*)
              FROM company_access_ended_grant AS rg
              WHERE rg.company_lifetime = lu.lifetime
              AND rg.ended_change > :change
              AND coalesce(rg.began_change, 0) <= :change)), 0)
        FROM company_access_company_lifetime AS lu
        WHERE lu.key = c.id)) AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_company_lifetime AS o NOT INDEXED
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
    UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, ((
        SELECT coalesce(sum((
              SELECT count(*)
              FROM company_access_current_grant AS rg
              WHERE rg.company_lifetime = lu.lifetime
              AND coalesce(rg.began_change, 0) <= :change) + (
              SELECT count(*)
              FROM company_access_ended_grant AS rg
              WHERE rg.company_lifetime = lu.lifetime
              AND rg.ended_change > :change
              AND coalesce(rg.began_change, 0) <= :change)), 0)
        FROM company_access_company_lifetime AS lu
        WHERE lu.key = c.id)) AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_company AS f
        CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS c
    LIMIT -1) AS c
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, holding a user, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key))
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at)
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, coalesce(g.granted_at, '') AS k
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key)) AS granted_at
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_company_lifetime AS lk
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at) AS granted_at
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_company_lifetime AS lk
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c ON c.id = g.company_id
  UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, coalesce(g.granted_at, '') AS k
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key)) AS granted_at
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_company_lifetime AS lk
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at) AS granted_at
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_company_lifetime AS lk
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS c ON c.id = g.company_id
  ORDER BY k, id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, holding a user, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key)) AS granted_at
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_company_lifetime AS lk
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at) AS granted_at
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_company_lifetime AS lk
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c ON c.id = g.company_id) + (
  SELECT count(*)
  FROM (
    SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key)) AS granted_at
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_current_grant AS rg
    CROSS JOIN company_access_company_lifetime AS lk
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND coalesce(rg.began_change, 0) <= :change
    UNION ALL SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at) AS granted_at
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_ended_grant AS rg
    CROSS JOIN company_access_company_lifetime AS lk
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change) AS g
  CROSS JOIN (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS c ON c.id = g.company_id);

-- companies by granted, lacking a user, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_company_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
    UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_company AS f
        CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS c
    ORDER BY k, id
    LIMIT 5000) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = ?1
      AND lk.key = c.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = ?1
      AND lk.key = c.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by granted, lacking a user, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = ?1
      AND lk.key = c.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = ?1
      AND lk.key = c.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))) + (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = ?1
      AND lk.key = c.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = ?1
      AND lk.key = c.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)));

-- companies by granted, marked a user, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
        SELECT x.created_at
        FROM hrm_user_company_access AS x
        WHERE x.user_id = lu.key
        AND x.company_id = lk.key))
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at)
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), coalesce((
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND coalesce(rg.began_change, 0) <= :change), (
    SELECT rg.began_change
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = p.id
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change))))), p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, coalesce(coalesce((
          SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
              SELECT x.created_at
              FROM hrm_user_company_access AS x
              WHERE x.user_id = lu.key
              AND x.company_id = lk.key))
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = ?1
          AND lk.key = c.id
          AND coalesce(rg.began_change, 0) <= :change), (
          SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at)
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_ended_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = ?1
          AND lk.key = c.id
          AND rg.ended_change > :change
          AND coalesce(rg.began_change, 0) <= :change)), '') AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_company_lifetime AS o NOT INDEXED
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
    UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, coalesce(coalesce((
          SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
              SELECT x.created_at
              FROM hrm_user_company_access AS x
              WHERE x.user_id = lu.key
              AND x.company_id = lk.key))
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_current_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = ?1
          AND lk.key = c.id
          AND coalesce(rg.began_change, 0) <= :change), (
          SELECT coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at)
          FROM company_access_user_lifetime AS lu
          CROSS JOIN company_access_company_lifetime AS lk
          CROSS JOIN company_access_ended_grant AS rg
          WHERE lu.lifetime = rg.user_lifetime
          AND lk.lifetime = rg.company_lifetime
          AND lu.key = ?1
          AND lk.key = c.id
          AND rg.ended_change > :change
          AND coalesce(rg.began_change, 0) <= :change)), '') AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_company AS f
        CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS c
    LIMIT -1) AS c
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by name, filtered, at a change, first page
-- Listing.run
SELECT p.id, p.name, p.code, p.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.company_lifetime = p.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL, p.id, typeof(p.k), CASE typeof(p.k) WHEN 'text' THEN CAST(p.k AS BLOB) ELSE p.k END
FROM (
  SELECT *
  FROM (
    SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_company_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
    UNION ALL SELECT c.id AS id, c.name AS name, c.code AS code, c.is_active AS is_active, c.lifetime AS lifetime, c.name COLLATE BINARY AS k
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_company AS f
        CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS c
    ORDER BY k, id
    LIMIT 5000) AS c
  WHERE NOT c.is_active
  AND (company_access_finds(?1, c.name, c.code, c.id))
  AND NOT (EXISTS (
      SELECT 1
      FROM company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lk.lifetime = rg.company_lifetime
      AND lk.key = c.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lk.lifetime = rg.company_lifetime
      AND lk.key = c.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))
  ORDER BY c.k, c.id
  LIMIT 21) AS p
ORDER BY p.k, p.id;

-- companies by name, filtered, at a change, first page
-- Listing.hasMoreThanNearby
SELECT count(*)
FROM (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
  UNION ALL SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS c
  LIMIT 5000);

-- companies by name, filtered, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
  WHERE NOT c.is_active
  AND (company_access_finds(?1, c.name, c.code, c.id))
  AND NOT (EXISTS (
      SELECT 1
      FROM company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lk.lifetime = rg.company_lifetime
      AND lk.key = c.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lk.lifetime = rg.company_lifetime
      AND lk.key = c.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))) + (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS c
  WHERE NOT c.is_active
  AND (company_access_finds(?1, c.name, c.code, c.id))
  AND NOT (EXISTS (
      SELECT 1
      FROM company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lk.lifetime = rg.company_lifetime
      AND lk.key = c.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lk.lifetime = rg.company_lifetime
      AND lk.key = c.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)));

-- one user, at a change
-- UserReading.user
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = u.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = u.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_user_lifetime AS o
    WHERE o.present
    AND coalesce(o.since_change, 0) <= :change
    AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
WHERE u.id = ?1
UNION ALL SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.user_lifetime = u.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.user_lifetime = u.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_former_user AS f
    CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present
    AND f.ended_change > :change
    AND coalesce(f.began_change, 0) <= :change) AS l) AS u
WHERE u.id = ?1;

-- one company, at a change
-- CompanyReading.company
SELECT c.id, c.name, c.code, c.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.company_lifetime = c.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.company_lifetime = c.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_company_lifetime AS o
    WHERE o.present
    AND coalesce(o.since_change, 0) <= :change
    AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
WHERE c.id = ?1
UNION ALL SELECT c.id, c.name, c.code, c.is_active, ((
    SELECT count(*)
    FROM company_access_current_grant AS rg
    WHERE rg.company_lifetime = c.lifetime
    AND coalesce(rg.began_change, 0) <= :change) + (
    SELECT count(*)
    FROM company_access_ended_grant AS rg
    WHERE rg.company_lifetime = c.lifetime
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change)), NULL, NULL, NULL, NULL
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_former_company AS f
    CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present
    AND f.ended_change > :change
    AND coalesce(f.began_change, 0) <= :change) AS l) AS c
WHERE c.id = ?1;

-- names
-- NameQueries.users
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_user_lifetime AS o
    WHERE o.present
    AND coalesce(o.since_change, 0) <= :change
    AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
WHERE u.username = ? COLLATE BINARY
ORDER BY u.id
LIMIT 20;

-- names
-- NameQueries.users
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_former_user AS f
    CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present
    AND f.ended_change > :change
    AND coalesce(f.began_change, 0) <= :change) AS l) AS u
WHERE u.username = ? COLLATE BINARY
ORDER BY u.id
LIMIT 20;

-- names
-- NameQueries.users
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_user_lifetime AS o
    WHERE o.present
    AND coalesce(o.since_change, 0) <= :change
    AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
WHERE (u.id IN (?) AND typeof(u.id) <> 'integer' OR u.id = ? AND typeof(u.id) = 'integer')
ORDER BY u.id
LIMIT 20;

-- names
-- NameQueries.users
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_former_user AS f
    CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present
    AND f.ended_change > :change
    AND coalesce(f.began_change, 0) <= :change) AS l) AS u
WHERE (u.id IN (?) AND typeof(u.id) <> 'integer' OR u.id = ? AND typeof(u.id) = 'integer')
ORDER BY u.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_company_lifetime AS o
    WHERE o.present
    AND coalesce(o.since_change, 0) <= :change
    AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
WHERE c.code = ? COLLATE BINARY
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_former_company AS f
    CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present
    AND f.ended_change > :change
    AND coalesce(f.began_change, 0) <= :change) AS l) AS c
WHERE c.code = ? COLLATE BINARY
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_company_lifetime AS o
    WHERE o.present
    AND coalesce(o.since_change, 0) <= :change
    AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
WHERE c.name = ? COLLATE BINARY
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_former_company AS f
    CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present
    AND f.ended_change > :change
    AND coalesce(f.began_change, 0) <= :change) AS l) AS c
WHERE c.name = ? COLLATE BINARY
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_company_lifetime AS o
    WHERE o.present
    AND coalesce(o.since_change, 0) <= :change
    AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
WHERE c.id IN (?)
AND typeof(c.id) <> 'integer'
ORDER BY c.id
LIMIT 20;

-- names
-- NameQueries.companies
SELECT c.id, c.name, c.code, c.is_active
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_former_company AS f
    CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present
    AND f.ended_change > :change
    AND coalesce(f.began_change, 0) <= :change) AS l) AS c
WHERE c.id IN (?)
AND typeof(c.id) <> 'integer'
ORDER BY c.id
LIMIT 20;

-- check, at a change
-- UserReading.mayEnter
SELECT (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = ?2
    AND coalesce(rg.began_change, 0) <= ?3)
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = ?1
    AND lk.key = ?2
    AND rg.ended_change > ?3
    AND coalesce(rg.began_change, 0) <= ?3)), EXISTS (
  SELECT 1 FROM company_access_change WHERE id = ?3), EXISTS (
  SELECT 1
  FROM company_access_setting
  WHERE key = 'kept_from_change'
  AND CAST(value AS INTEGER) > ?3);

-- coverage, at a change
-- StatisticsReading.init
SELECT (SELECT count(*) FROM company_access_user_lifetime) - (
  SELECT count(*) FROM company_access_user_lifetime WHERE began_change > :change) - (
  SELECT count(*)
  FROM company_access_user_lifetime
  WHERE ended_change IS NOT NULL
  AND ended_change <= :change) - (
  SELECT count(*)
  FROM company_access_user_lifetime AS o
  WHERE (o.present = 0 OR o.ended_change IS NOT NULL)
  AND o.present = 0
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change)) - (
  SELECT count(*)
  FROM company_access_former_user AS f
  CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
  WHERE f.present = 0
  AND f.ended_change > :change
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change)), (
  SELECT count(*) FROM company_access_company_lifetime) - (
  SELECT count(*) FROM company_access_company_lifetime WHERE began_change > :change) - (
  SELECT count(*)
  FROM company_access_company_lifetime
  WHERE ended_change IS NOT NULL
  AND ended_change <= :change) - (
  SELECT count(*)
  FROM company_access_company_lifetime AS o
  WHERE (o.present = 0 OR o.ended_change IS NOT NULL)
  AND o.present = 0
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change)) - (
  SELECT count(*)
  FROM company_access_former_company AS f
  CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
  WHERE f.present = 0
  AND f.ended_change > :change
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change)), (
  SELECT count(*) FROM company_access_current_grant) - (
  SELECT count(*) FROM company_access_current_grant WHERE began_change > :change) + (
  SELECT count(*)
  FROM company_access_ended_grant
  WHERE ended_change > :change
  AND (began_change IS NULL OR began_change <= :change)) - 0, NULL;

-- statistics, at a change
-- StatisticsReading.init
SELECT g.n, (EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS m
    WHERE m.id = g.id)
  OR EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS m
    WHERE m.id = g.id)), 0
FROM (
  SELECT l.key AS id, sum(t.n) AS n
  FROM (
    SELECT rg.user_lifetime AS l, count(*) AS n
    FROM company_access_current_grant AS rg
    WHERE coalesce(rg.began_change, 0) <= :change
    GROUP BY rg.user_lifetime
    UNION ALL SELECT rg.user_lifetime AS l, count(*) AS n
    FROM company_access_ended_grant AS rg
    WHERE rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    GROUP BY rg.user_lifetime) AS t
  CROSS JOIN company_access_user_lifetime AS l ON l.lifetime = t.l
  GROUP BY l.key) AS g;

-- statistics, at a change
-- StatisticsReading.largestCompanies
SELECT c.id, c.name, c.code, c.is_active, g.n, NULL, NULL, NULL, NULL, sum(g.n) OVER ()
FROM (
  SELECT l.key AS id, sum(t.n) AS n
  FROM (
    SELECT rg.company_lifetime AS l, count(*) AS n
    FROM company_access_current_grant AS rg
    WHERE coalesce(rg.began_change, 0) <= :change
    GROUP BY rg.company_lifetime
    UNION ALL SELECT rg.company_lifetime AS l, count(*) AS n
    FROM company_access_ended_grant AS rg
    WHERE rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change
    GROUP BY rg.company_lifetime) AS t
  CROSS JOIN company_access_company_lifetime AS l ON l.lifetime = t.l
  GROUP BY l.key) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS c ON c.id = g.id
ORDER BY g.n DESC, c.name, c.id
LIMIT 10;

-- statistics, at a change
-- Listing.count
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lk.lifetime = rg.company_lifetime
      AND lk.key = c.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lk.lifetime = rg.company_lifetime
      AND lk.key = c.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))) + (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS c
  WHERE NOT (EXISTS (
      SELECT 1
      FROM company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lk.lifetime = rg.company_lifetime
      AND lk.key = c.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lk.lifetime = rg.company_lifetime
      AND lk.key = c.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)));

-- statistics, at a change
-- StatisticsReading.inactiveUsersWithAccess
SELECT (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o NOT INDEXED
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  WHERE NOT u.is_active
  AND (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))) + (
  SELECT count(*)
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  WHERE NOT u.is_active
  AND (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)));

-- statistics, at a change
-- StatisticsReading.init
SELECT (SELECT count(*) FROM company_access_user_lifetime) - (
  SELECT count(*) FROM company_access_user_lifetime WHERE began_change > :change) - (
  SELECT count(*)
  FROM company_access_user_lifetime
  WHERE ended_change IS NOT NULL
  AND ended_change <= :change) - (
  SELECT count(*)
  FROM company_access_user_lifetime AS o
  WHERE (o.present = 0 OR o.ended_change IS NOT NULL)
  AND o.present = 0
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change)) - (
  SELECT count(*)
  FROM company_access_former_user AS f
  CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
  WHERE f.present = 0
  AND f.ended_change > :change
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change)), (
  SELECT count(*) FROM company_access_company_lifetime) - (
  SELECT count(*) FROM company_access_company_lifetime WHERE began_change > :change) - (
  SELECT count(*)
  FROM company_access_company_lifetime
  WHERE ended_change IS NOT NULL
  AND ended_change <= :change) - (
  SELECT count(*)
  FROM company_access_company_lifetime AS o
  WHERE (o.present = 0 OR o.ended_change IS NOT NULL)
  AND o.present = 0
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change)) - (
  SELECT count(*)
  FROM company_access_former_company AS f
  CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
  WHERE f.present = 0
  AND f.ended_change > :change
  AND coalesce(o.began_change, 0) <= :change
  AND (o.ended_change IS NULL OR o.ended_change > :change)), 1145, NULL;

-- grid, at a change
-- GrantWindowReading.pairs
SELECT *
FROM (
  SELECT x.value AS u, y.value AS c, (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = x.value
      AND lk.key = y.value
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = x.value
      AND lk.key = y.value
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)) AS granted, FALSE AS barred
  FROM (SELECT value FROM temp.json_each(?1)) AS x
  CROSS JOIN (SELECT value FROM temp.json_each(?2)) AS y)
WHERE granted
OR barred;

-- log
-- ChangeReader.changes
SELECT x.id, x.at, x.actor, x.origin, x.action, x.reason, x.added + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_current_grant AS n WHERE n.began_change = x.id) + (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.began_change = x.id) ELSE 0 END, x.removed + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.ended_change = x.id) ELSE 0 END, x.undoes, x.ticket, x.decided_at
FROM company_access_change AS x
ORDER BY x.id DESC
LIMIT 20;

-- log
-- ChangeReader.changes
SELECT x.id, x.at, x.actor, x.origin, x.action, x.reason, x.added + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_current_grant AS n WHERE n.began_change = x.id) + (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.began_change = x.id) ELSE 0 END, x.removed + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.ended_change = x.id) ELSE 0 END, x.undoes, x.ticket, x.decided_at
FROM company_access_change AS x
WHERE (x.actor = ?1
  OR substr(x.actor, 1, length(?2)) = ?2
  OR substr(x.actor, 1, length(?3)) = ?3
  OR instr(x.actor, ?4) > 0)
AND x.id IN (
  SELECT g.began_change
  FROM company_access_current_grant AS g
  WHERE g.user_lifetime IN (SELECT lifetime FROM company_access_user_lifetime WHERE key = ?5)
  AND g.company_lifetime IN (SELECT lifetime FROM company_access_company_lifetime WHERE key = ?6)
  UNION ALL SELECT g.began_change
  FROM company_access_ended_grant AS g
  WHERE g.user_lifetime IN (SELECT lifetime FROM company_access_user_lifetime WHERE key = ?5)
  AND g.company_lifetime IN (SELECT lifetime FROM company_access_company_lifetime WHERE key = ?6)
  UNION ALL SELECT g.ended_change
  FROM company_access_ended_grant AS g
  WHERE g.user_lifetime IN (SELECT lifetime FROM company_access_user_lifetime WHERE key = ?5)
  AND g.company_lifetime IN (SELECT lifetime FROM company_access_company_lifetime WHERE key = ?6)
  UNION ALL SELECT change_id
  FROM (
    SELECT 'user' AS kind, l.lifetime, l.key AS id, l.began_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = l.began_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > l.began_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_user_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.began_change
    AND i.kind = 'user'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE l.began_change IS NOT NULL
    AND l.present
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_former_user AS f
      WHERE f.lifetime = l.lifetime
      AND NOT f.present)
    AND l.key = ?5
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, l.ended_change AS change_id, 'gone' AS event, l.name AS name, i.before, i.after, i.entry
    FROM company_access_user_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
    AND i.kind = 'user'
    AND i.lifetime = l.lifetime
    AND i.before IS NOT NULL
    WHERE l.ended_change IS NOT NULL
    AND l.present
    AND l.key = ?5
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, i.change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > i.change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_row_image AS i JOIN company_access_user_lifetime AS l ON l.lifetime = i.lifetime
    WHERE i.kind = 'user'
    AND i.before IS NOT NULL
    AND i.after IS NOT NULL
    AND i.change IS NOT NULL
    AND l.ended_change IS NOT i.change
    AND l.key = ?5
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, NULL, NULL, NULL
    FROM company_access_former_user AS f JOIN company_access_user_lifetime AS l ON l.lifetime = f.lifetime
    WHERE f.ended_change IS NOT NULL
    AND f.present
    AND l.ended_change IS NOT f.ended_change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_row_image AS i
      WHERE i.change = f.ended_change
      AND i.kind = 'user'
      AND i.lifetime = l.lifetime)
    AND l.key = ?5
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = f.ended_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_former_user AS f JOIN company_access_user_lifetime AS l ON l.lifetime = f.lifetime
    LEFT JOIN company_access_row_image AS i ON i.change = f.ended_change
    AND i.kind = 'user'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE f.ended_change IS NOT NULL
    AND f.present = 0
    AND l.key = ?5)
  UNION ALL SELECT change_id
  FROM (
    SELECT 'company' AS kind, l.lifetime, l.key AS id, l.began_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = l.began_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > l.began_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_company_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.began_change
    AND i.kind = 'company'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE l.began_change IS NOT NULL
    AND l.present
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_former_company AS f
      WHERE f.lifetime = l.lifetime
      AND NOT f.present)
    AND l.key = ?6
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, l.ended_change AS change_id, 'gone' AS event, l.name AS name, i.before, i.after, i.entry
    FROM company_access_company_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
    AND i.kind = 'company'
    AND i.lifetime = l.lifetime
    AND i.before IS NOT NULL
    WHERE l.ended_change IS NOT NULL
    AND l.present
    AND l.key = ?6
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, i.change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > i.change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_row_image AS i JOIN company_access_company_lifetime AS l ON l.lifetime = i.lifetime
    WHERE i.kind = 'company'
    AND i.before IS NOT NULL
    AND i.after IS NOT NULL
    AND i.change IS NOT NULL
    AND l.ended_change IS NOT i.change
    AND l.key = ?6
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, NULL, NULL, NULL
    FROM company_access_former_company AS f JOIN company_access_company_lifetime AS l ON l.lifetime = f.lifetime
    WHERE f.ended_change IS NOT NULL
    AND f.present
    AND l.ended_change IS NOT f.ended_change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_row_image AS i
      WHERE i.change = f.ended_change
      AND i.kind = 'company'
      AND i.lifetime = l.lifetime)
    AND l.key = ?6
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = f.ended_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_former_company AS f JOIN company_access_company_lifetime AS l ON l.lifetime = f.lifetime
    LEFT JOIN company_access_row_image AS i ON i.change = f.ended_change
    AND i.kind = 'company'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE f.ended_change IS NOT NULL
    AND f.present = 0
    AND l.key = ?6))
ORDER BY x.id DESC
LIMIT 20;

-- log
-- ChangeLog.actors
SELECT DISTINCT actor FROM company_access_change ORDER BY actor LIMIT ?;

-- log
-- ChangeReader.changes
SELECT x.id, x.at, x.actor, x.origin, x.action, x.reason, x.added + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_current_grant AS n WHERE n.began_change = x.id) + (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.began_change = x.id) ELSE 0 END, x.removed + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.ended_change = x.id) ELSE 0 END, x.undoes, x.ticket, x.decided_at
FROM company_access_change AS x
ORDER BY x.id DESC
LIMIT 3;

-- log
-- ChangePairs.entities
SELECT e.kind, e.id, e.change_id, e.name, e.event, e.before, e.after, e.lifetime
FROM (
  SELECT 'user' AS kind, l.lifetime, l.key AS id, l.began_change AS change_id, CASE WHEN i.entry IS NOT NULL
  OR l.continues IS NOT NULL
  OR EXISTS (
    SELECT 1
    FROM company_access_change AS h
    WHERE h.id = l.began_change
    AND (h.action = 'add'
      OR h.action IN ('external', 'import', 'sync', 'restore')
      AND (h.id > coalesce((
            SELECT CAST(s.value AS INTEGER)
            FROM company_access_setting AS s
            WHERE s.key = 'upgraded_change'), 0)
        OR h.action <> 'external'
        AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
      SELECT n.name
      FROM company_access_former_user AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > l.began_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_user_lifetime AS l
  LEFT JOIN company_access_row_image AS i ON i.change = l.began_change
  AND i.kind = 'user'
  AND i.lifetime = l.lifetime
  AND i.before IS NULL
  WHERE l.began_change = :change
  AND l.present
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_former_user AS f
    WHERE f.lifetime = l.lifetime
    AND NOT f.present)
  AND TRUE
  UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, l.ended_change AS change_id, 'gone' AS event, l.name AS name, i.before, i.after, i.entry
  FROM company_access_user_lifetime AS l
  LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
  AND i.kind = 'user'
  AND i.lifetime = l.lifetime
  AND i.before IS NOT NULL
  WHERE l.ended_change = :change
  AND l.present
  AND TRUE
  UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, i.change AS change_id, 'edited' AS event, coalesce((
      SELECT n.name
      FROM company_access_former_user AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > i.change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_row_image AS i JOIN company_access_user_lifetime AS l ON l.lifetime = i.lifetime
  WHERE i.kind = 'user'
  AND i.before IS NOT NULL
  AND i.after IS NOT NULL
  AND i.change = :change
  AND l.ended_change IS NOT i.change
  AND TRUE
  UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, 'edited' AS event, coalesce((
      SELECT n.name
      FROM company_access_former_user AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > f.ended_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, NULL, NULL, NULL
  FROM company_access_former_user AS f JOIN company_access_user_lifetime AS l ON l.lifetime = f.lifetime
  WHERE f.ended_change = :change
  AND f.present
  AND l.ended_change IS NOT f.ended_change
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_row_image AS i
    WHERE i.change = f.ended_change
    AND i.kind = 'user'
    AND i.lifetime = l.lifetime)
  AND TRUE
  UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, CASE WHEN i.entry IS NOT NULL
  OR l.continues IS NOT NULL
  OR EXISTS (
    SELECT 1
    FROM company_access_change AS h
    WHERE h.id = f.ended_change
    AND (h.action = 'add'
      OR h.action IN ('external', 'import', 'sync', 'restore')
      AND (h.id > coalesce((
            SELECT CAST(s.value AS INTEGER)
            FROM company_access_setting AS s
            WHERE s.key = 'upgraded_change'), 0)
        OR h.action <> 'external'
        AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
      SELECT n.name
      FROM company_access_former_user AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > f.ended_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_former_user AS f JOIN company_access_user_lifetime AS l ON l.lifetime = f.lifetime
  LEFT JOIN company_access_row_image AS i ON i.change = f.ended_change
  AND i.kind = 'user'
  AND i.lifetime = l.lifetime
  AND i.before IS NULL
  WHERE f.ended_change = :change
  AND f.present = 0
  AND TRUE
  UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, l.began_change AS change_id, CASE WHEN i.entry IS NOT NULL
  OR l.continues IS NOT NULL
  OR EXISTS (
    SELECT 1
    FROM company_access_change AS h
    WHERE h.id = l.began_change
    AND (h.action = 'add'
      OR h.action IN ('external', 'import', 'sync', 'restore')
      AND (h.id > coalesce((
            SELECT CAST(s.value AS INTEGER)
            FROM company_access_setting AS s
            WHERE s.key = 'upgraded_change'), 0)
        OR h.action <> 'external'
        AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
      SELECT n.name
      FROM company_access_former_company AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > l.began_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_company_lifetime AS l
  LEFT JOIN company_access_row_image AS i ON i.change = l.began_change
  AND i.kind = 'company'
  AND i.lifetime = l.lifetime
  AND i.before IS NULL
  WHERE l.began_change = :change
  AND l.present
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_former_company AS f
    WHERE f.lifetime = l.lifetime
    AND NOT f.present)
  AND TRUE
  UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, l.ended_change AS change_id, 'gone' AS event, l.name AS name, i.before, i.after, i.entry
  FROM company_access_company_lifetime AS l
  LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
  AND i.kind = 'company'
  AND i.lifetime = l.lifetime
  AND i.before IS NOT NULL
  WHERE l.ended_change = :change
  AND l.present
  AND TRUE
  UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, i.change AS change_id, 'edited' AS event, coalesce((
      SELECT n.name
      FROM company_access_former_company AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > i.change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_row_image AS i JOIN company_access_company_lifetime AS l ON l.lifetime = i.lifetime
  WHERE i.kind = 'company'
  AND i.before IS NOT NULL
  AND i.after IS NOT NULL
  AND i.change = :change
  AND l.ended_change IS NOT i.change
  AND TRUE
  UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, 'edited' AS event, coalesce((
      SELECT n.name
      FROM company_access_former_company AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > f.ended_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, NULL, NULL, NULL
  FROM company_access_former_company AS f JOIN company_access_company_lifetime AS l ON l.lifetime = f.lifetime
  WHERE f.ended_change = :change
  AND f.present
  AND l.ended_change IS NOT f.ended_change
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_row_image AS i
    WHERE i.change = f.ended_change
    AND i.kind = 'company'
    AND i.lifetime = l.lifetime)
  AND TRUE
  UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, CASE WHEN i.entry IS NOT NULL
  OR l.continues IS NOT NULL
  OR EXISTS (
    SELECT 1
    FROM company_access_change AS h
    WHERE h.id = f.ended_change
    AND (h.action = 'add'
      OR h.action IN ('external', 'import', 'sync', 'restore')
      AND (h.id > coalesce((
            SELECT CAST(s.value AS INTEGER)
            FROM company_access_setting AS s
            WHERE s.key = 'upgraded_change'), 0)
        OR h.action <> 'external'
        AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
      SELECT n.name
      FROM company_access_former_company AS n
      WHERE n.lifetime = l.lifetime
      AND n.ended_change > f.ended_change
      AND n.present
      ORDER BY n.ended_change
      LIMIT 1), l.name) AS name, i.before, i.after, i.entry
  FROM company_access_former_company AS f JOIN company_access_company_lifetime AS l ON l.lifetime = f.lifetime
  LEFT JOIN company_access_row_image AS i ON i.change = f.ended_change
  AND i.kind = 'company'
  AND i.lifetime = l.lifetime
  AND i.before IS NULL
  WHERE f.ended_change = :change
  AND f.present = 0
  AND TRUE) AS e
ORDER BY e.entry IS NULL, e.entry, e.kind DESC, e.name, e.lifetime
LIMIT ?;

-- log
-- ChangePairs.init
SELECT count(*) FROM company_access_change WHERE id = ?;

-- log
-- ChangePairs.pairs
SELECT lu.key, coalesce((
    SELECT f.name
    FROM company_access_former_user AS f
    WHERE f.lifetime = p.user_lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name FROM company_access_user_lifetime AS l WHERE l.lifetime = p.user_lifetime)), (lu.ended_change IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS o
    WHERE o.key = lu.key
    AND o.ended_change IS NULL
    AND o.present
    AND (o.name IS lu.name
      OR o.lifetime IN (
        WITH RECURSIVE holder (n) AS (
          SELECT lu.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_user_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder)))), lk.key, coalesce((
    SELECT f.name
    FROM company_access_former_company AS f
    WHERE f.lifetime = p.company_lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name
    FROM company_access_company_lifetime AS l
    WHERE l.lifetime = p.company_lifetime)), (lk.ended_change IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_company_lifetime AS o
    WHERE o.key = lk.key
    AND o.ended_change IS NULL
    AND o.present
    AND (o.name IS lk.name
      OR o.lifetime IN (
        WITH RECURSIVE holder (n) AS (
          SELECT lk.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_company_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder)))), EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +lu.key
  AND a.company_id = +lk.key), p.place, p.n, p.ended
FROM (
  SELECT g.user_lifetime, g.company_lifetime, g.user_lifetime AS place, g.company_lifetime AS n, NULL AS ended
  FROM company_access_current_grant AS g
  WHERE g.began_change = :change
  AND (g.user_lifetime, g.company_lifetime) > (-9223372036854775808, -9223372036854775808)
  ORDER BY g.user_lifetime, g.company_lifetime
  LIMIT 21) AS p
CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = p.user_lifetime
CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = p.company_lifetime
ORDER BY p.place, p.n;

-- log
-- ChangePairs.pairs
SELECT lu.key, coalesce((
    SELECT f.name
    FROM company_access_former_user AS f
    WHERE f.lifetime = p.user_lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name FROM company_access_user_lifetime AS l WHERE l.lifetime = p.user_lifetime)), (lu.ended_change IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS o
    WHERE o.key = lu.key
    AND o.ended_change IS NULL
    AND o.present
    AND (o.name IS lu.name
      OR o.lifetime IN (
        WITH RECURSIVE holder (n) AS (
          SELECT lu.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_user_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder)))), lk.key, coalesce((
    SELECT f.name
    FROM company_access_former_company AS f
    WHERE f.lifetime = p.company_lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name
    FROM company_access_company_lifetime AS l
    WHERE l.lifetime = p.company_lifetime)), (lk.ended_change IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_company_lifetime AS o
    WHERE o.key = lk.key
    AND o.ended_change IS NULL
    AND o.present
    AND (o.name IS lk.name
      OR o.lifetime IN (
        WITH RECURSIVE holder (n) AS (
          SELECT lk.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_company_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder)))), EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +lu.key
  AND a.company_id = +lk.key), p.place, p.n, p.ended
FROM (
  SELECT g.user_lifetime, g.company_lifetime, g.ended_change AS place, g.entry AS n, g.ended_change AS ended
  FROM company_access_ended_grant AS g
  WHERE g.began_change = :change
  AND g.ended_change IS NULL
  AND g.entry > -9223372036854775808
  ORDER BY g.ended_change, g.entry
  LIMIT 21) AS p
CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = p.user_lifetime
CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = p.company_lifetime
ORDER BY p.place, p.n;

-- log
-- ChangePairs.pairs
SELECT lu.key, coalesce((
    SELECT f.name
    FROM company_access_former_user AS f
    WHERE f.lifetime = p.user_lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name FROM company_access_user_lifetime AS l WHERE l.lifetime = p.user_lifetime)), (lu.ended_change IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS o
    WHERE o.key = lu.key
    AND o.ended_change IS NULL
    AND o.present
    AND (o.name IS lu.name
      OR o.lifetime IN (
        WITH RECURSIVE holder (n) AS (
          SELECT lu.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_user_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder)))), lk.key, coalesce((
    SELECT f.name
    FROM company_access_former_company AS f
    WHERE f.lifetime = p.company_lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name
    FROM company_access_company_lifetime AS l
    WHERE l.lifetime = p.company_lifetime)), (lk.ended_change IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_company_lifetime AS o
    WHERE o.key = lk.key
    AND o.ended_change IS NULL
    AND o.present
    AND (o.name IS lk.name
      OR o.lifetime IN (
        WITH RECURSIVE holder (n) AS (
          SELECT lk.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_company_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder)))), EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +lu.key
  AND a.company_id = +lk.key), p.place, p.n, p.ended
FROM (
  SELECT g.user_lifetime, g.company_lifetime, g.ended_change AS place, g.entry AS n, g.ended_change AS ended
  FROM company_access_ended_grant AS g
  WHERE g.began_change = :change
  AND g.ended_change IS NOT NULL
  ORDER BY g.ended_change, g.entry
  LIMIT 21) AS p
CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = p.user_lifetime
CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = p.company_lifetime
ORDER BY p.place, p.n;

-- log
-- ChangePairs.pairs
SELECT lu.key, coalesce((
    SELECT f.name
    FROM company_access_former_user AS f
    WHERE f.lifetime = p.user_lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name FROM company_access_user_lifetime AS l WHERE l.lifetime = p.user_lifetime)), (lu.ended_change IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS o
    WHERE o.key = lu.key
    AND o.ended_change IS NULL
    AND o.present
    AND (o.name IS lu.name
      OR o.lifetime IN (
        WITH RECURSIVE holder (n) AS (
          SELECT lu.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_user_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder)))), lk.key, coalesce((
    SELECT f.name
    FROM company_access_former_company AS f
    WHERE f.lifetime = p.company_lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name
    FROM company_access_company_lifetime AS l
    WHERE l.lifetime = p.company_lifetime)), (lk.ended_change IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_company_lifetime AS o
    WHERE o.key = lk.key
    AND o.ended_change IS NULL
    AND o.present
    AND (o.name IS lk.name
      OR o.lifetime IN (
        WITH RECURSIVE holder (n) AS (
          SELECT lk.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_company_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder)))), EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +lu.key
  AND a.company_id = +lk.key), p.place, p.n, p.ended
FROM (
  SELECT g.user_lifetime, g.company_lifetime, g.began_change AS place, g.entry AS n, NULL AS ended
  FROM company_access_ended_grant AS g
  WHERE g.ended_change = :change
  AND g.began_change IS NULL
  AND g.entry > -9223372036854775808
  ORDER BY g.began_change, g.entry
  LIMIT 21) AS p
CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = p.user_lifetime
CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = p.company_lifetime
ORDER BY p.place, p.n;

-- log
-- ChangePairs.pairs
SELECT lu.key, coalesce((
    SELECT f.name
    FROM company_access_former_user AS f
    WHERE f.lifetime = p.user_lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name FROM company_access_user_lifetime AS l WHERE l.lifetime = p.user_lifetime)), (lu.ended_change IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS o
    WHERE o.key = lu.key
    AND o.ended_change IS NULL
    AND o.present
    AND (o.name IS lu.name
      OR o.lifetime IN (
        WITH RECURSIVE holder (n) AS (
          SELECT lu.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_user_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder)))), lk.key, coalesce((
    SELECT f.name
    FROM company_access_former_company AS f
    WHERE f.lifetime = p.company_lifetime
    AND f.ended_change > :change
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name
    FROM company_access_company_lifetime AS l
    WHERE l.lifetime = p.company_lifetime)), (lk.ended_change IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM company_access_company_lifetime AS o
    WHERE o.key = lk.key
    AND o.ended_change IS NULL
    AND o.present
    AND (o.name IS lk.name
      OR o.lifetime IN (
        WITH RECURSIVE holder (n) AS (
          SELECT lk.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_company_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder)))), EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS a
  WHERE a.user_id = +lu.key
  AND a.company_id = +lk.key), p.place, p.n, p.ended
FROM (
  SELECT g.user_lifetime, g.company_lifetime, g.began_change AS place, g.entry AS n, NULL AS ended
  FROM company_access_ended_grant AS g
  WHERE g.ended_change = :change
  AND g.began_change IS NOT NULL
  ORDER BY g.began_change, g.entry
  LIMIT 21) AS p
CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = p.user_lifetime
CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = p.company_lifetime
ORDER BY p.place, p.n;

-- deleted
-- FormerNames.deleted
SELECT 'user', l.key, l.ended_change, l.name, 'gone', i.before, i.after
FROM company_access_user_lifetime AS l
LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
AND i.kind = 'user'
AND i.lifetime = l.lifetime
AND i.before IS NOT NULL
WHERE l.ended_change IS NOT NULL
AND l.present
AND (l.name = ? OR l.key IN (?))
AND NOT EXISTS (SELECT 1 FROM company_access_user_lifetime AS n WHERE n.continues = l.lifetime)
ORDER BY l.ended_change DESC, l.lifetime DESC
LIMIT 100;

-- deleted
-- FormerNames.deleted
SELECT 'company', l.key, l.ended_change, l.name, 'gone', i.before, i.after
FROM company_access_company_lifetime AS l
LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
AND i.kind = 'company'
AND i.lifetime = l.lifetime
AND i.before IS NOT NULL
WHERE l.ended_change IS NOT NULL
AND l.present
AND (l.name = ? OR l.key IN (?))
AND NOT EXISTS (SELECT 1 FROM company_access_company_lifetime AS n WHERE n.continues = l.lifetime)
ORDER BY l.ended_change DESC, l.lifetime DESC
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
SELECT p.user_id, coalesce(coalesce((
      SELECT f.name
      FROM company_access_former_user AS f
      WHERE f.lifetime = p.lu
      AND f.ended_change > CASE WHEN p.d > 0 THEN 9223372036854775807 ELSE 9 END
      AND f.present
      ORDER BY f.ended_change
      LIMIT 1), (
      SELECT l.name FROM company_access_user_lifetime AS l WHERE l.lifetime = p.lu)), (
    SELECT l.key FROM company_access_user_lifetime AS l WHERE l.lifetime = p.lu)) COLLATE BINARY AS who, p.company_id, coalesce(coalesce((
      SELECT f.name
      FROM company_access_former_company AS f
      WHERE f.lifetime = p.lk
      AND f.ended_change > CASE WHEN p.d > 0 THEN 9223372036854775807 ELSE 9 END
      AND f.present
      ORDER BY f.ended_change
      LIMIT 1), (
      SELECT l.name FROM company_access_company_lifetime AS l WHERE l.lifetime = p.lk)), (
    SELECT l.key FROM company_access_company_lifetime AS l WHERE l.lifetime = p.lk)) COLLATE BINARY AS what, CASE WHEN EXISTS (
  SELECT 1 FROM hrm_company AS o WHERE o.code = c.name AND o.id <> c.id) THEN c.code END, p.d
FROM (
  SELECT lu.key AS user_id, lk.key AS company_id, max(e.user_lifetime) AS lu, max(e.company_lifetime) AS lk, sum(e.d) AS d
  FROM (
    SELECT g.user_lifetime, g.company_lifetime, 1 AS d
    FROM company_access_current_grant AS g
    WHERE g.began_change > :change
    AND g.began_change <= :change
    UNION ALL SELECT g.user_lifetime, g.company_lifetime, 1 AS d
    FROM company_access_ended_grant AS g
    WHERE g.began_change > :change
    AND g.began_change <= :change
    AND g.ended_change > :change
    UNION ALL SELECT g.user_lifetime, g.company_lifetime, -1 AS d
    FROM company_access_ended_grant AS g
    WHERE g.ended_change > :change
    AND g.ended_change <= :change
    AND (g.began_change IS NULL OR g.began_change <= :change)) AS e
  CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = e.user_lifetime
  CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = e.company_lifetime
  GROUP BY lu.key, lk.key, CASE WHEN EXISTS (
    SELECT 1 FROM company_access_user_lifetime AS o WHERE o.continues = lu.lifetime) THEN (
    SELECT o.name
    FROM company_access_user_lifetime AS o
    WHERE o.lifetime = (
      SELECT max(n)
      FROM (
        WITH RECURSIVE holder (n) AS (
          SELECT lu.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_user_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder))) ELSE lu.name END, CASE WHEN EXISTS (
    SELECT 1 FROM company_access_company_lifetime AS o WHERE o.continues = lk.lifetime) THEN (
    SELECT o.name
    FROM company_access_company_lifetime AS o
    WHERE o.lifetime = (
      SELECT max(n)
      FROM (
        WITH RECURSIVE holder (n) AS (
          SELECT lk.lifetime
          UNION SELECT c.lifetime
          FROM holder AS h JOIN company_access_company_lifetime AS c ON c.continues = h.n) SELECT n
        FROM holder))) ELSE lk.name END HAVING sum(e.d) <> 0) AS p
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY who, what, p.user_id, p.company_id;

-- diff
-- Diff.differences
SELECT p.user_id, coalesce(u.username, coalesce((
      SELECT f.name
      FROM company_access_former_user AS f
      WHERE f.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_user_lifetime AS o
        WHERE o.key = p.user_id
        AND coalesce(o.began_change, 0) <= :change)
      AND f.ended_change > :change
      AND f.present
      ORDER BY f.ended_change
      LIMIT 1), (
      SELECT l.name
      FROM company_access_user_lifetime AS l
      WHERE l.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_user_lifetime AS o
        WHERE o.key = p.user_id
        AND coalesce(o.began_change, 0) <= :change))), p.user_id) COLLATE BINARY AS who, p.company_id, coalesce(c.name, coalesce((
      SELECT f.name
      FROM company_access_former_company AS f
      WHERE f.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_company_lifetime AS o
        WHERE o.key = p.company_id
        AND coalesce(o.began_change, 0) <= :change)
      AND f.ended_change > :change
      AND f.present
      ORDER BY f.ended_change
      LIMIT 1), (
      SELECT l.name
      FROM company_access_company_lifetime AS l
      WHERE l.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_company_lifetime AS o
        WHERE o.key = p.company_id
        AND coalesce(o.began_change, 0) <= :change))), p.company_id) COLLATE BINARY AS what, CASE WHEN EXISTS (
  SELECT 1 FROM hrm_company AS o WHERE o.code = c.name AND o.id <> c.id) THEN c.code END, p.d
FROM (
  SELECT user_id, company_id, sum(d) AS d
  FROM (
    SELECT ?1 AS user_id, company_id, 1 AS d
    FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.user_id = +?2)
    UNION ALL SELECT ?1, company_id, -1
    FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.user_id = +?1))
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
SELECT p.user_id, coalesce(u.username, coalesce((
      SELECT f.name
      FROM company_access_former_user AS f
      WHERE f.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_user_lifetime AS o
        WHERE o.key = p.user_id
        AND coalesce(o.began_change, 0) <= :change)
      AND f.ended_change > :change
      AND f.present
      ORDER BY f.ended_change
      LIMIT 1), (
      SELECT l.name
      FROM company_access_user_lifetime AS l
      WHERE l.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_user_lifetime AS o
        WHERE o.key = p.user_id
        AND coalesce(o.began_change, 0) <= :change))), p.user_id) COLLATE BINARY AS who, p.company_id, coalesce(c.name, coalesce((
      SELECT f.name
      FROM company_access_former_company AS f
      WHERE f.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_company_lifetime AS o
        WHERE o.key = p.company_id
        AND coalesce(o.began_change, 0) <= :change)
      AND f.ended_change > :change
      AND f.present
      ORDER BY f.ended_change
      LIMIT 1), (
      SELECT l.name
      FROM company_access_company_lifetime AS l
      WHERE l.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_company_lifetime AS o
        WHERE o.key = p.company_id
        AND coalesce(o.began_change, 0) <= :change))), p.company_id) COLLATE BINARY AS what, CASE WHEN EXISTS (
  SELECT 1 FROM hrm_company AS o WHERE o.code = c.name AND o.id <> c.id) THEN c.code END, p.d
FROM (
  SELECT user_id, company_id, sum(d) AS d
  FROM (
    SELECT user_id, ?1 AS company_id, 1 AS d
    FROM (
      SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?2)
    UNION ALL SELECT user_id, ?1, -1
    FROM (
      SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?1))
  GROUP BY user_id, company_id HAVING sum(d) <> 0) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY who, what, p.user_id, p.company_id;

-- export
-- ExportNames.shared
SELECT min(n.name)
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
SELECT u.id, u.username, c.id, c.name, c.code, (
  SELECT rg.began_change
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = a.user_id
  AND lk.key = a.company_id), NULL
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l)) AS u
CROSS JOIN (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a) AS a
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l)) AS c
WHERE a.user_id = u.id
AND c.id = a.company_id
ORDER BY u.username, u.id, c.name, c.id;

-- export
-- ExportReader.beginning
SELECT at, actor FROM company_access_change WHERE id = ?;

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
SELECT min(n.name)
FROM (
  SELECT u.id AS id, u.username COLLATE BINARY AS name
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
  UNION ALL SELECT u.id AS id, u.username COLLATE BINARY AS name
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS u
  UNION ALL SELECT t.id AS id, t.username COLLATE BINARY AS name
  FROM hrm_users AS t) AS n
WHERE typeof(n.name) = 'text'
GROUP BY n.name COLLATE BINARY HAVING count(DISTINCT n.id) > 1;

-- export
-- ExportNames.shared
SELECT min(n.name)
FROM (
  SELECT c.id AS id, c.name COLLATE BINARY AS name
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
  UNION ALL SELECT c.id AS id, c.code COLLATE BINARY AS name
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
  UNION ALL SELECT c.id AS id, c.name COLLATE BINARY AS name
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS c
  UNION ALL SELECT c.id AS id, c.code COLLATE BINARY AS name
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l) AS c
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
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_user_lifetime AS o
    WHERE o.present
    AND coalesce(o.since_change, 0) <= :change
    AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u;

-- export
-- ExportNames.init
SELECT u.username
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_former_user AS f
    CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present
    AND f.ended_change > :change
    AND coalesce(f.began_change, 0) <= :change) AS l) AS u;

-- export
-- ExportNames.init
SELECT c.name, c.code
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_company_lifetime AS o
    WHERE o.present
    AND coalesce(o.since_change, 0) <= :change
    AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c;

-- export
-- ExportNames.init
SELECT c.name, c.code
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_former_company AS f
    CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present
    AND f.ended_change > :change
    AND coalesce(f.began_change, 0) <= :change) AS l) AS c;

-- export
-- ExportReader.forEachRow
SELECT u.id, u.username, c.id, c.name, c.code, a.change_id, NULL
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS u
CROSS JOIN (
  SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
      SELECT x.created_at
      FROM hrm_user_company_access AS x
      WHERE x.user_id = lu.key
      AND x.company_id = lk.key)) AS granted_at
  FROM company_access_current_grant AS rg
  CROSS JOIN company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND coalesce(rg.began_change, 0) <= :change
  UNION ALL SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at) AS granted_at
  FROM company_access_ended_grant AS rg
  CROSS JOIN company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND rg.ended_change > :change
  AND coalesce(rg.began_change, 0) <= :change) AS a
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS c
WHERE a.user_id = u.id
AND c.id = a.company_id
ORDER BY u.username, u.id, c.name, c.id;

-- export
-- ExportReader.forEachRow
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, (
  SELECT coalesce(sum((
        SELECT count(*)
        FROM company_access_current_grant AS rg
        WHERE rg.user_lifetime = lu.lifetime
        AND coalesce(rg.began_change, 0) <= :change) + (
        SELECT count(*)
        FROM company_access_ended_grant AS rg
        WHERE rg.user_lifetime = lu.lifetime
        AND rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change)), 0)
  FROM company_access_user_lifetime AS lu
  WHERE lu.key = u.id)
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS u
ORDER BY u.username, u.id;

-- export
-- ExportReader.forEachRow
SELECT c.id, c.name, c.code, c.is_active, (
  SELECT coalesce(sum((
        SELECT count(*)
        FROM company_access_current_grant AS rg
        WHERE rg.company_lifetime = lu.lifetime
        AND coalesce(rg.began_change, 0) <= :change) + (
        SELECT count(*)
        FROM company_access_ended_grant AS rg
        WHERE rg.company_lifetime = lu.lifetime
        AND rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change)), 0)
  FROM company_access_company_lifetime AS lu
  WHERE lu.key = c.id)
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS c
ORDER BY c.name, c.id;

-- import
-- Staging.init
SELECT count(*) FROM temp.pragma_database_list WHERE name = 'company_access_staged';

-- import
-- Staging.attach
ATTACH '' AS company_access_staged;

-- import
-- Staging.attach
PRAGMA company_access_staged.synchronous = OFF; PRAGMA company_access_staged.cache_size = -32768;

-- import
-- Staging.attach
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
-- AccessStore+Import.note
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
SELECT a.n, a.first
FROM (
  SELECT s.n, (SELECT min(t.n) FROM company_access_staged.user AS t WHERE t.id = s.id) AS first
  FROM company_access_staged.user AS s
  WHERE s.id IS NOT NULL) AS a
WHERE a.n > a.first;

-- import
-- StagedNames.joinAliases
CREATE INDEX IF NOT EXISTS company_access_staged.company_id ON company (id);

-- import
-- StagedNames.joinAliases
SELECT a.n, a.first
FROM (
  SELECT s.n, (SELECT min(t.n) FROM company_access_staged.company AS t WHERE t.id = s.id) AS first
  FROM company_access_staged.company AS s
  WHERE s.id IS NOT NULL) AS a
WHERE a.n > a.first;

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
-- AccessStore+Import.generation
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
-- TemporaryTable.renew
DROP TABLE IF EXISTS company_access_staged.leaving;

-- import
-- TemporaryTable.make
CREATE TABLE company_access_staged.leaving (row INTEGER NOT NULL, user_id, company_id, PRIMARY KEY (row));

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
-- TemporaryTable.renew
DROP TABLE IF EXISTS company_access_staged.given;

-- import
-- TemporaryTable.make
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
-- AccessStore+Import.note
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
  WHERE coalesce(u.role_id IN (SELECT id FROM hrm_role WHERE name IN ('Super Admin')), FALSE)
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
-- GrantWriter+Chunks.collectRowIDs
INSERT INTO temp.company_access_picked_leaving SELECT row FROM company_access_staged.leaving;

-- diff
-- DiffFile.init
PRAGMA query_only = OFF;

-- diff
-- TemporaryTable.make
CREATE TABLE temp.company_access_file (user_id NOT NULL, company_id NOT NULL, grants INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (user_id, company_id)) WITHOUT ROWID;

-- diff
-- DiffFile.take
INSERT INTO temp.company_access_file (user_id, company_id, grants, line)
VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING;

-- diff
-- Diff.differences
SELECT p.user_id, coalesce(u.username, coalesce((
      SELECT f.name
      FROM company_access_former_user AS f
      WHERE f.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_user_lifetime AS o
        WHERE o.key = p.user_id
        AND coalesce(o.began_change, 0) <= :change)
      AND f.ended_change > :change
      AND f.present
      ORDER BY f.ended_change
      LIMIT 1), (
      SELECT l.name
      FROM company_access_user_lifetime AS l
      WHERE l.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_user_lifetime AS o
        WHERE o.key = p.user_id
        AND coalesce(o.began_change, 0) <= :change))), p.user_id) COLLATE BINARY AS who, p.company_id, coalesce(c.name, coalesce((
      SELECT f.name
      FROM company_access_former_company AS f
      WHERE f.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_company_lifetime AS o
        WHERE o.key = p.company_id
        AND coalesce(o.began_change, 0) <= :change)
      AND f.ended_change > :change
      AND f.present
      ORDER BY f.ended_change
      LIMIT 1), (
      SELECT l.name
      FROM company_access_company_lifetime AS l
      WHERE l.lifetime = (
        SELECT max(o.lifetime)
        FROM company_access_company_lifetime AS o
        WHERE o.key = p.company_id
        AND coalesce(o.began_change, 0) <= :change))), p.company_id) COLLATE BINARY AS what, CASE WHEN EXISTS (
  SELECT 1 FROM hrm_company AS o WHERE o.code = c.name AND o.id <> c.id) THEN c.code END, p.d
FROM (
  SELECT user_id, company_id, sum(d) AS d
  FROM (
    SELECT file.user_id, file.company_id, 1 AS d
    FROM temp.company_access_file AS file
    WHERE file.grants
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS a
      WHERE a.user_id = +file.user_id
      AND a.company_id = +file.company_id)
    UNION ALL SELECT g.user_id, g.company_id, -1
    FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a) AS g
    WHERE NOT EXISTS (
      SELECT 1
      FROM temp.company_access_file AS file
      WHERE file.user_id = +g.user_id
      AND file.company_id = +g.company_id
      AND file.grants))
  GROUP BY user_id, company_id HAVING sum(d) <> 0) AS p
LEFT JOIN (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_users AS l) AS u ON u.id = p.user_id
LEFT JOIN (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
  FROM hrm_company AS l) AS c ON c.id = p.company_id
ORDER BY who, what, p.user_id, p.company_id;

-- report
-- ChangeReader.changes
SELECT x.id, x.at, x.actor, x.origin, x.action, x.reason, x.added + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_current_grant AS n WHERE n.began_change = x.id) + (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.began_change = x.id) ELSE 0 END, x.removed + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.ended_change = x.id) ELSE 0 END, x.undoes, x.ticket, x.decided_at
FROM company_access_change AS x
WHERE x.at <= ?
ORDER BY x.id DESC
LIMIT 1;

-- report
-- ReportCompanies.init
SELECT c.id, c.name, c.code, c.is_active, NULL
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_company_lifetime AS o
    WHERE o.present
    AND coalesce(o.since_change, 0) <= :change
    AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS c
UNION ALL SELECT c.id, c.name, c.code, c.is_active, NULL
FROM (
  SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_former_company AS f
    CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present
    AND f.ended_change > :change
    AND coalesce(f.began_change, 0) <= :change) AS l) AS c
ORDER BY 2, 1;

-- report
-- ReportWriter.writeAccess
SELECT (SELECT count(*) FROM company_access_current_grant) - (
  SELECT count(*) FROM company_access_current_grant WHERE began_change > :change) + (
  SELECT count(*)
  FROM company_access_ended_grant
  WHERE ended_change > :change
  AND (began_change IS NULL OR began_change <= :change));

-- report
-- ReportWriter.writeAccess
SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, NULL
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_user_lifetime AS o
    WHERE o.present
    AND coalesce(o.since_change, 0) <= :change
    AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS u
UNION ALL SELECT u.id, u.username, u.full_name, u.email, (
  SELECT r.name FROM hrm_role AS r WHERE r.id = u.role), u.is_active, NULL
FROM (
  SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
  FROM (
    SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
    FROM company_access_former_user AS f
    CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
    WHERE f.present
    AND f.ended_change > :change
    AND coalesce(f.began_change, 0) <= :change) AS l) AS u
ORDER BY 2, 1;

-- report
-- ReportWriter.writeCompanies
SELECT g.company_id, g.granted_at, g.change_id
FROM (
  SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), (
      SELECT x.created_at
      FROM hrm_user_company_access AS x
      WHERE x.user_id = lu.key
      AND x.company_id = lk.key)) AS granted_at
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_current_grant AS rg
  CROSS JOIN company_access_company_lifetime AS lk
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = ?1
  AND coalesce(rg.began_change, 0) <= :change
  UNION ALL SELECT lu.key AS user_id, lk.key AS company_id, rg.began_change AS change_id, coalesce((SELECT h.at FROM company_access_change AS h WHERE h.id = rg.began_change), rg.created_at) AS granted_at
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_ended_grant AS rg
  CROSS JOIN company_access_company_lifetime AS lk
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = ?1
  AND rg.ended_change > :change
  AND coalesce(rg.began_change, 0) <= :change) AS g;

-- report
-- ReportCompanies.actor
SELECT actor FROM company_access_change WHERE id = ?;

-- report
-- ReportBalance.init
SELECT max(id) FROM company_access_change WHERE at < ? AND id <= ?;

-- report
-- SealChain.write
SELECT l.lifetime, l.key, CASE WHEN CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END THEN l.created_at END, CASE WHEN CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END THEN l.continues END, CASE WHEN f.lifetime IS NULL THEN l.since_change ELSE f.began_change END, CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END, CASE WHEN f.lifetime IS NULL THEN l.name ELSE f.name END, CASE WHEN f.lifetime IS NULL THEN l.full_name ELSE f.full_name END, CASE WHEN f.lifetime IS NULL THEN l.email ELSE f.email END, CASE WHEN f.lifetime IS NULL THEN l.role ELSE f.role END, CASE WHEN f.lifetime IS NULL THEN l.active ELSE f.active END
FROM company_access_user_lifetime AS l
LEFT JOIN company_access_former_user AS f ON f.lifetime = l.lifetime
AND f.ended_change = (
  SELECT min(n.ended_change) FROM company_access_former_user AS n WHERE n.lifetime = l.lifetime)
WHERE l.began_change IS NULL
ORDER BY l.lifetime;

-- report
-- SealChain.write
SELECT l.lifetime, l.key, CASE WHEN CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END THEN l.created_at END, CASE WHEN CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END THEN l.continues END, CASE WHEN f.lifetime IS NULL THEN l.since_change ELSE f.began_change END, CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END, CASE WHEN f.lifetime IS NULL THEN l.name ELSE f.name END, CASE WHEN f.lifetime IS NULL THEN l.code ELSE f.code END, CASE WHEN f.lifetime IS NULL THEN l.active ELSE f.active END
FROM company_access_company_lifetime AS l
LEFT JOIN company_access_former_company AS f ON f.lifetime = l.lifetime
AND f.ended_change = (
  SELECT min(n.ended_change)
  FROM company_access_former_company AS n
  WHERE n.lifetime = l.lifetime)
WHERE l.began_change IS NULL
ORDER BY l.lifetime;

-- report
-- SealChain.write
SELECT user_lifetime, company_lifetime
FROM company_access_current_grant
WHERE began_change IS NULL
UNION ALL SELECT user_lifetime, company_lifetime
FROM company_access_ended_grant
WHERE began_change IS NULL
ORDER BY 1, 2;

-- report
-- SealChain.next
SELECT min(began_change) FROM company_access_user_lifetime WHERE began_change >= ?1;

-- report
-- SealChain.next
SELECT min(ended_change) FROM company_access_former_user WHERE ended_change >= ?1;

-- report
-- SealChain.next
SELECT min(ended_change) FROM company_access_user_lifetime WHERE ended_change >= ?1;

-- report
-- SealChain.next
SELECT min(began_change) FROM company_access_company_lifetime WHERE began_change >= ?1;

-- report
-- SealChain.next
SELECT min(ended_change) FROM company_access_former_company WHERE ended_change >= ?1;

-- report
-- SealChain.next
SELECT min(ended_change) FROM company_access_company_lifetime WHERE ended_change >= ?1;

-- report
-- SealChain.next
SELECT min(change) FROM company_access_row_image WHERE change >= ?1;

-- report
-- SealChain.next
SELECT min(began_change) FROM company_access_current_grant WHERE began_change >= ?1;

-- report
-- SealChain.next
SELECT min(began_change) FROM company_access_ended_grant WHERE began_change >= ?1;

-- report
-- SealChain.next
SELECT min(ended_change) FROM company_access_ended_grant WHERE ended_change >= ?1;

-- report
-- SealChain.next
SELECT min(CAST(substr(key, 8) AS INTEGER))
FROM company_access_setting
WHERE key >= 'policy:' || substr('00000000000000000000', length(CAST(?1 AS TEXT)) + 1) || CAST(?1 AS TEXT)
AND key < 'policy;';

-- report
-- SealChain.next
SELECT min(CAST(substr(key, 11) AS INTEGER))
FROM company_access_setting
WHERE key >= 'operators:' || substr('00000000000000000000', length(CAST(?1 AS TEXT)) + 1) || CAST(?1 AS TEXT)
AND key < 'operators;';

-- report
-- SealChain.page
SELECT id, at, actor, origin, action, reason, ticket, decided_at, added, removed, undoes, (
  SELECT s.value FROM company_access_setting AS s WHERE s.key = 'pruned.' || c.id)
FROM company_access_change AS c
WHERE id > ?1
AND id <= ?2
ORDER BY id
LIMIT 1000;

-- report
-- SealChain.write
SELECT l.lifetime, l.key, CASE WHEN CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END THEN l.created_at END, CASE WHEN CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END THEN l.continues END, CASE WHEN f.lifetime IS NULL THEN l.since_change ELSE f.began_change END, CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END, CASE WHEN f.lifetime IS NULL THEN l.name ELSE f.name END, CASE WHEN f.lifetime IS NULL THEN l.full_name ELSE f.full_name END, CASE WHEN f.lifetime IS NULL THEN l.email ELSE f.email END, CASE WHEN f.lifetime IS NULL THEN l.role ELSE f.role END, CASE WHEN f.lifetime IS NULL THEN l.active ELSE f.active END
FROM company_access_user_lifetime AS l
LEFT JOIN company_access_former_user AS f ON f.lifetime = l.lifetime
AND f.ended_change = (
  SELECT min(n.ended_change) FROM company_access_former_user AS n WHERE n.lifetime = l.lifetime)
WHERE l.began_change = ?1
ORDER BY l.lifetime;

-- report
-- SealChain.write
SELECT l.lifetime, l.key, CASE WHEN CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END THEN l.created_at END, CASE WHEN CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END THEN l.continues END, CASE WHEN f.lifetime IS NULL THEN l.since_change ELSE f.began_change END, CASE WHEN f.lifetime IS NULL THEN l.present ELSE f.present END, CASE WHEN f.lifetime IS NULL THEN l.name ELSE f.name END, CASE WHEN f.lifetime IS NULL THEN l.code ELSE f.code END, CASE WHEN f.lifetime IS NULL THEN l.active ELSE f.active END
FROM company_access_company_lifetime AS l
LEFT JOIN company_access_former_company AS f ON f.lifetime = l.lifetime
AND f.ended_change = (
  SELECT min(n.ended_change)
  FROM company_access_former_company AS n
  WHERE n.lifetime = l.lifetime)
WHERE l.began_change = ?1
ORDER BY l.lifetime;

-- report
-- SealChain.write
SELECT user_lifetime, company_lifetime
FROM company_access_current_grant
WHERE began_change = ?1
UNION ALL SELECT user_lifetime, company_lifetime
FROM company_access_ended_grant
WHERE began_change = ?1
ORDER BY 1, 2;

-- report
-- SealChain.write
SELECT user_lifetime, company_lifetime, began_change, id, created_at, modified_at, "row"
FROM company_access_ended_grant
WHERE ended_change = ?1
ORDER BY user_lifetime, company_lifetime, began_change, entry;

-- report
-- ReportWriter.writeChanges
SELECT company_access_change.id, company_access_change.at, company_access_change.actor, company_access_change.origin, company_access_change.action, company_access_change.reason, company_access_change.added + CASE WHEN company_access_change.origin = 'external' THEN (
  SELECT count(*)
  FROM company_access_current_grant AS n
  WHERE n.began_change = company_access_change.id) + (
  SELECT count(*)
  FROM company_access_ended_grant AS n
  WHERE n.began_change = company_access_change.id) ELSE 0 END, company_access_change.removed + CASE WHEN company_access_change.origin = 'external' THEN (
  SELECT count(*)
  FROM company_access_ended_grant AS n
  WHERE n.ended_change = company_access_change.id) ELSE 0 END, company_access_change.undoes, company_access_change.ticket, company_access_change.decided_at
FROM company_access_change
WHERE id > 4
AND id <= 34
ORDER BY id;

-- report
-- ReportBalance.writeMovements
SELECT company_access_change.id, company_access_change.at, company_access_change.actor, company_access_change.origin, company_access_change.action, company_access_change.reason, company_access_change.added + CASE WHEN company_access_change.origin = 'external' THEN (
  SELECT count(*)
  FROM company_access_current_grant AS n
  WHERE n.began_change = company_access_change.id) + (
  SELECT count(*)
  FROM company_access_ended_grant AS n
  WHERE n.began_change = company_access_change.id) ELSE 0 END, company_access_change.removed + CASE WHEN company_access_change.origin = 'external' THEN (
  SELECT count(*)
  FROM company_access_ended_grant AS n
  WHERE n.ended_change = company_access_change.id) ELSE 0 END, company_access_change.undoes, company_access_change.ticket, company_access_change.decided_at
FROM company_access_change
WHERE id > 4
AND id <= 34
ORDER BY id;

-- report
-- ReportBalance.writeMovements
SELECT lu.key, coalesce((
    SELECT f.name
    FROM company_access_former_user AS f
    WHERE f.lifetime = lu.lifetime
    AND f.ended_change > ?1
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name FROM company_access_user_lifetime AS l WHERE l.lifetime = lu.lifetime)), lk.key, coalesce((
    SELECT f.name
    FROM company_access_former_company AS f
    WHERE f.lifetime = lk.lifetime
    AND f.ended_change > ?1
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name FROM company_access_company_lifetime AS l WHERE l.lifetime = lk.lifetime))
FROM (
  SELECT g.user_lifetime AS u, g.company_lifetime AS c
  FROM company_access_current_grant AS g
  WHERE g.began_change = ?1
  UNION ALL SELECT g.user_lifetime AS u, g.company_lifetime AS c
  FROM company_access_ended_grant AS g
  WHERE g.began_change = ?1
  ORDER BY u, c
  LIMIT -1) AS m
CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = m.u
CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = m.c;

-- report
-- ReportBalance.writeMovements
SELECT lu.key, coalesce((
    SELECT f.name
    FROM company_access_former_user AS f
    WHERE f.lifetime = lu.lifetime
    AND f.ended_change > ?1
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name FROM company_access_user_lifetime AS l WHERE l.lifetime = lu.lifetime)), lk.key, coalesce((
    SELECT f.name
    FROM company_access_former_company AS f
    WHERE f.lifetime = lk.lifetime
    AND f.ended_change > ?1
    AND f.present
    ORDER BY f.ended_change
    LIMIT 1), (
    SELECT l.name FROM company_access_company_lifetime AS l WHERE l.lifetime = lk.lifetime))
FROM (
  SELECT g.user_lifetime AS u, g.company_lifetime AS c, g.began_change AS b, g.entry AS e
  FROM company_access_ended_grant AS g
  WHERE g.ended_change = ?1
  ORDER BY g.began_change, g.entry
  LIMIT -1) AS m
CROSS JOIN company_access_user_lifetime AS lu ON lu.lifetime = m.u
CROSS JOIN company_access_company_lifetime AS lk ON lk.lifetime = m.c;

-- report
-- ReportBalance.writePeople
SELECT e.change_id, x.at, e.event, e.kind, e.id, e.name, x.actor, x.origin, x.action, x.reason, x.ticket, x.decided_at
FROM (
  SELECT DISTINCT change_id, event, kind, lifetime, id, name
  FROM (
    SELECT 'user' AS kind, l.lifetime, l.key AS id, l.began_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = l.began_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > l.began_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_user_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.began_change
    AND i.kind = 'user'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE l.began_change > :change
    AND l.began_change <= :change
    AND l.present
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_former_user AS f
      WHERE f.lifetime = l.lifetime
      AND NOT f.present)
    AND TRUE
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, l.ended_change AS change_id, 'gone' AS event, l.name AS name, i.before, i.after, i.entry
    FROM company_access_user_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
    AND i.kind = 'user'
    AND i.lifetime = l.lifetime
    AND i.before IS NOT NULL
    WHERE l.ended_change > :change
    AND l.ended_change <= :change
    AND l.present
    AND TRUE
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, i.change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > i.change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_row_image AS i JOIN company_access_user_lifetime AS l ON l.lifetime = i.lifetime
    WHERE i.kind = 'user'
    AND i.before IS NOT NULL
    AND i.after IS NOT NULL
    AND i.change > :change
    AND i.change <= :change
    AND l.ended_change IS NOT i.change
    AND TRUE
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, NULL, NULL, NULL
    FROM company_access_former_user AS f JOIN company_access_user_lifetime AS l ON l.lifetime = f.lifetime
    WHERE f.ended_change > :change
    AND f.ended_change <= :change
    AND f.present
    AND l.ended_change IS NOT f.ended_change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_row_image AS i
      WHERE i.change = f.ended_change
      AND i.kind = 'user'
      AND i.lifetime = l.lifetime)
    AND TRUE
    UNION ALL SELECT 'user' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = f.ended_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_user AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_former_user AS f JOIN company_access_user_lifetime AS l ON l.lifetime = f.lifetime
    LEFT JOIN company_access_row_image AS i ON i.change = f.ended_change
    AND i.kind = 'user'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE f.ended_change > :change
    AND f.ended_change <= :change
    AND f.present = 0
    AND TRUE
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, l.began_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = l.began_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > l.began_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_company_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.began_change
    AND i.kind = 'company'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE l.began_change > :change
    AND l.began_change <= :change
    AND l.present
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_former_company AS f
      WHERE f.lifetime = l.lifetime
      AND NOT f.present)
    AND TRUE
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, l.ended_change AS change_id, 'gone' AS event, l.name AS name, i.before, i.after, i.entry
    FROM company_access_company_lifetime AS l
    LEFT JOIN company_access_row_image AS i ON i.change = l.ended_change
    AND i.kind = 'company'
    AND i.lifetime = l.lifetime
    AND i.before IS NOT NULL
    WHERE l.ended_change > :change
    AND l.ended_change <= :change
    AND l.present
    AND TRUE
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, i.change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > i.change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_row_image AS i JOIN company_access_company_lifetime AS l ON l.lifetime = i.lifetime
    WHERE i.kind = 'company'
    AND i.before IS NOT NULL
    AND i.after IS NOT NULL
    AND i.change > :change
    AND i.change <= :change
    AND l.ended_change IS NOT i.change
    AND TRUE
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, 'edited' AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, NULL, NULL, NULL
    FROM company_access_former_company AS f JOIN company_access_company_lifetime AS l ON l.lifetime = f.lifetime
    WHERE f.ended_change > :change
    AND f.ended_change <= :change
    AND f.present
    AND l.ended_change IS NOT f.ended_change
    AND NOT EXISTS (
      SELECT 1
      FROM company_access_row_image AS i
      WHERE i.change = f.ended_change
      AND i.kind = 'company'
      AND i.lifetime = l.lifetime)
    AND TRUE
    UNION ALL SELECT 'company' AS kind, l.lifetime, l.key AS id, f.ended_change AS change_id, CASE WHEN i.entry IS NOT NULL
    OR l.continues IS NOT NULL
    OR EXISTS (
      SELECT 1
      FROM company_access_change AS h
      WHERE h.id = f.ended_change
      AND (h.action = 'add'
        OR h.action IN ('external', 'import', 'sync', 'restore')
        AND (h.id > coalesce((
              SELECT CAST(s.value AS INTEGER)
              FROM company_access_setting AS s
              WHERE s.key = 'upgraded_change'), 0)
          OR h.action <> 'external'
          AND CASE WHEN typeof(l.created_at) IN ('integer', 'real') THEN strftime('%Y-%m-%d %H:%M:%f', CASE WHEN abs(l.created_at) <= 1e11 THEN l.created_at WHEN abs(l.created_at) <= 1e14 THEN l.created_at / 1e3 ELSE l.created_at / 1e6 END, 'unixepoch') ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', l.created_at), l.created_at) END >= h.at))) THEN 'made' ELSE 'known' END AS event, coalesce((
        SELECT n.name
        FROM company_access_former_company AS n
        WHERE n.lifetime = l.lifetime
        AND n.ended_change > f.ended_change
        AND n.present
        ORDER BY n.ended_change
        LIMIT 1), l.name) AS name, i.before, i.after, i.entry
    FROM company_access_former_company AS f JOIN company_access_company_lifetime AS l ON l.lifetime = f.lifetime
    LEFT JOIN company_access_row_image AS i ON i.change = f.ended_change
    AND i.kind = 'company'
    AND i.lifetime = l.lifetime
    AND i.before IS NULL
    WHERE f.ended_change > :change
    AND f.ended_change <= :change
    AND f.present = 0
    AND TRUE)) AS e
LEFT JOIN company_access_change AS x ON x.id = e.change_id
ORDER BY e.change_id, e.kind DESC, e.name, e.lifetime, e.event DESC;

-- report
-- ReportBalance.compare
SELECT x.id, x.added, (
  SELECT count(*) FROM company_access_current_grant AS g WHERE g.began_change = x.id) + (
  SELECT count(*) FROM company_access_ended_grant AS g WHERE g.began_change = x.id) AS a, x.removed, (
  SELECT count(*) FROM company_access_ended_grant AS g WHERE g.ended_change = x.id) AS r
FROM company_access_change AS x
WHERE x.origin <> 'external'
AND x.id > :change
AND x.id <= :change
AND (x.added <> (SELECT count(*) FROM company_access_current_grant AS g WHERE g.began_change = x.id) + (
    SELECT count(*) FROM company_access_ended_grant AS g WHERE g.began_change = x.id)
  OR x.removed <> (
    SELECT count(*) FROM company_access_ended_grant AS g WHERE g.ended_change = x.id))
ORDER BY x.id;

-- report
-- Reconciliation.count
SELECT count(*)
FROM hrm_users AS t
WHERE t.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1 FROM company_access_user_lifetime AS l WHERE l.key = t.id AND l.ended_change IS NULL);

-- report
-- Reconciliation.count
SELECT count(*)
FROM company_access_user_lifetime AS l
WHERE l.ended_change IS NULL
AND l.present
AND NOT EXISTS (SELECT 1 FROM hrm_users AS t WHERE t.id = l.key);

-- report
-- Reconciliation.count
SELECT count(*)
FROM company_access_user_lifetime AS l JOIN hrm_users AS t ON t.id = l.key
WHERE l.ended_change IS NULL
AND (NOT l.present
  OR l.name IS NOT t.username COLLATE BINARY
  OR l.full_name IS NOT t.full_name COLLATE BINARY
  OR l.email IS NOT t.email COLLATE BINARY
  OR l.role IS NOT t.role_id COLLATE BINARY
  OR l.active IS NOT t.is_active COLLATE BINARY);

-- report
-- Reconciliation.count
SELECT count(*)
FROM hrm_company AS t
WHERE t.id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM company_access_company_lifetime AS l
  WHERE l.key = t.id
  AND l.ended_change IS NULL);

-- report
-- Reconciliation.count
SELECT count(*)
FROM company_access_company_lifetime AS l
WHERE l.ended_change IS NULL
AND l.present
AND NOT EXISTS (SELECT 1 FROM hrm_company AS t WHERE t.id = l.key);

-- report
-- Reconciliation.count
SELECT count(*)
FROM company_access_company_lifetime AS l JOIN hrm_company AS t ON t.id = l.key
WHERE l.ended_change IS NULL
AND (NOT l.present
  OR l.name IS NOT t.name COLLATE BINARY
  OR l.code IS NOT t.code COLLATE BINARY
  OR l.active IS NOT t.is_active COLLATE BINARY);

-- report
-- Reconciliation.count
SELECT count(*)
FROM hrm_user_company_access AS a
WHERE a.user_id IS NOT NULL
AND a.company_id IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS g
  WHERE lu.key = a.user_id
  AND lk.key = a.company_id
  AND g.user_lifetime = lu.lifetime
  AND g.company_lifetime = lk.lifetime);

-- report
-- Reconciliation.count
SELECT count(*)
FROM company_access_current_grant AS g JOIN company_access_user_lifetime AS lu ON lu.lifetime = g.user_lifetime JOIN company_access_company_lifetime AS lk ON lk.lifetime = g.company_lifetime
WHERE NOT EXISTS (
  SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = lu.key AND a.company_id = lk.key);

-- report
-- ReportFormerGrants.write
SELECT lu.key, lu.name, lk.key, lk.name, rg.began_change, 1, (EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS m
    WHERE m.id = lu.key)
  OR EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS m
    WHERE m.id = lu.key)), lu.ended_change
FROM company_access_user_lifetime AS lu
CROSS JOIN company_access_current_grant AS rg
CROSS JOIN company_access_company_lifetime AS lk
WHERE lu.ended_change IS NOT NULL
AND lu.ended_change <= :change
AND rg.user_lifetime = lu.lifetime
AND lk.lifetime = rg.company_lifetime
AND coalesce(rg.began_change, 0) <= :change
AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
  AND NOT EXISTS (
    WITH RECURSIVE holder (l) AS (
      SELECT lu.lifetime
      UNION SELECT n.lifetime
      FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
    FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
    WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change)))
UNION ALL SELECT lu.key, lu.name, lk.key, lk.name, rg.began_change, 1, (EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS m
    WHERE m.id = lu.key)
  OR EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS m
    WHERE m.id = lu.key)), lu.ended_change
FROM company_access_user_lifetime AS lu
CROSS JOIN company_access_ended_grant AS rg
CROSS JOIN company_access_company_lifetime AS lk
WHERE lu.ended_change IS NOT NULL
AND lu.ended_change <= :change
AND rg.user_lifetime = lu.lifetime
AND lk.lifetime = rg.company_lifetime
AND rg.ended_change > :change
AND coalesce(rg.began_change, 0) <= :change
AND ((lu.ended_change IS NOT NULL AND lu.ended_change <= :change)
  AND NOT EXISTS (
    WITH RECURSIVE holder (l) AS (
      SELECT lu.lifetime
      UNION SELECT n.lifetime
      FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
    FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
    WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change)))
UNION ALL SELECT lu.key, lu.name, lk.key, lk.name, rg.began_change, 0, (EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_company_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS m
    WHERE m.id = lk.key)
  OR EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_company AS f
        CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS m
    WHERE m.id = lk.key)), lk.ended_change
FROM company_access_company_lifetime AS lk
CROSS JOIN company_access_current_grant AS rg
CROSS JOIN company_access_user_lifetime AS lu
WHERE lk.ended_change IS NOT NULL
AND lk.ended_change <= :change
AND rg.company_lifetime = lk.lifetime
AND lu.lifetime = rg.user_lifetime
AND coalesce(rg.began_change, 0) <= :change
AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
  AND NOT EXISTS (
    WITH RECURSIVE holder (l) AS (
      SELECT lk.lifetime
      UNION SELECT n.lifetime
      FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
    FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
    WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change)))
UNION ALL SELECT lu.key, lu.name, lk.key, lk.name, rg.began_change, 0, (EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_company_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS m
    WHERE m.id = lk.key)
  OR EXISTS (
    SELECT 1
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_company AS f
        CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS m
    WHERE m.id = lk.key)), lk.ended_change
FROM company_access_company_lifetime AS lk
CROSS JOIN company_access_ended_grant AS rg
CROSS JOIN company_access_user_lifetime AS lu
WHERE lk.ended_change IS NOT NULL
AND lk.ended_change <= :change
AND rg.company_lifetime = lk.lifetime
AND lu.lifetime = rg.user_lifetime
AND rg.ended_change > :change
AND coalesce(rg.began_change, 0) <= :change
AND ((lk.ended_change IS NOT NULL AND lk.ended_change <= :change)
  AND NOT EXISTS (
    WITH RECURSIVE holder (l) AS (
      SELECT lk.lifetime
      UNION SELECT n.lifetime
      FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
    FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
    WHERE NOT (n.ended_change IS NOT NULL AND n.ended_change <= :change)))
ORDER BY 6 DESC, 2, 1, 4, 3, 5;

-- report
-- Connection+Catalog.catalog
SELECT l.name, l.type
FROM temp.pragma_table_list AS l
WHERE l.schema = 'main'
AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\'
ORDER BY l.name;

-- report
-- Connection+Catalog.table
SELECT name FROM temp.pragma_table_xinfo(?1, 'main') WHERE pk > 0 ORDER BY pk;

-- report
-- Connection+Catalog.columns
SELECT name, type, "notnull", dflt_value, pk, hidden
FROM temp.pragma_table_xinfo(?1, 'main')
WHERE hidden <> 1
ORDER BY cid;

-- report
-- Connection+Catalog.foreignKeys
SELECT id, "from", "table", "to", on_update, on_delete
FROM temp.pragma_foreign_key_list(?1, 'main')
ORDER BY id, seq;

-- report
-- Connection+Catalog.indexes
SELECT name, "unique", partial FROM temp.pragma_index_list(?1, 'main') ORDER BY name;

-- report
-- Connection+Catalog.triggers
SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 ORDER BY name;

-- report
-- Connection+Catalog.indexes
SELECT name FROM temp.pragma_index_info(?1) ORDER BY seqno;

-- report
-- KeyColumn.hasRowIDs
EXPLAIN SELECT rowid FROM "hrm_employee";

-- report
-- KeyColumn.hasRowIDs
EXPLAIN SELECT rowid FROM "hrm_role";

-- report
-- AccessStore+Leaks.init
SELECT count(*) FROM "hrm_employee";

-- report
-- AccessStore+Leaks.init
SELECT coalesce(sum(CASE WHEN k = 0 THEN n END), 0), coalesce(sum(CASE WHEN k = 1 THEN n END), 0), coalesce(sum(CASE WHEN k = 2 THEN n END), 0)
FROM (
  SELECT p.n AS n, CASE WHEN NOT (EXISTS (
      SELECT 1
      FROM (
        SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_users AS l) AS m
      WHERE m.id = +p.u)
    AND EXISTS (
      SELECT 1
      FROM (
        SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
        FROM hrm_company AS l) AS m
      WHERE m.id = +p.c)) THEN 2 WHEN coalesce((
      SELECT max(rg.ended_change)
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.key = +p.u
      AND lk.key = +p.c
      AND rg.user_lifetime = lu.lifetime
      AND rg.company_lifetime = lk.lifetime
      AND NOT ((lu.ended_change IS NOT NULL)
        AND NOT EXISTS (
          WITH RECURSIVE holder (l) AS (
            SELECT lu.lifetime
            UNION SELECT n.lifetime
            FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
          FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
          WHERE NOT (n.ended_change IS NOT NULL)))
      AND NOT ((lk.ended_change IS NOT NULL)
        AND NOT EXISTS (
          WITH RECURSIVE holder (l) AS (
            SELECT lk.lifetime
            UNION SELECT n.lifetime
            FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
          FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
          WHERE NOT (n.ended_change IS NOT NULL)))), (
      SELECT min(0)
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.key = +p.u
      AND lk.key = +p.c
      AND rg.user_lifetime = lu.lifetime
      AND rg.company_lifetime = lk.lifetime
      AND NOT ((lu.ended_change IS NOT NULL)
        AND NOT EXISTS (
          WITH RECURSIVE holder (l) AS (
            SELECT lu.lifetime
            UNION SELECT n.lifetime
            FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
          FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
          WHERE NOT (n.ended_change IS NOT NULL)))
      AND NOT ((lk.ended_change IS NOT NULL)
        AND NOT EXISTS (
          WITH RECURSIVE holder (l) AS (
            SELECT lk.lifetime
            UNION SELECT n.lifetime
            FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
          FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
          WHERE NOT (n.ended_change IS NOT NULL))))) IS NOT NULL THEN 1 ELSE 0 END AS k
  FROM (
    SELECT t."user_id" AS u, t."company_id" AS c, count(*) AS n
    FROM "hrm_employee" AS t
    WHERE t."user_id" IS NOT NULL
    AND t."company_id" IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM hrm_user_company_access AS x
      WHERE x.user_id = +t."user_id"
      AND x.company_id = +t."company_id")
    GROUP BY 1, 2) AS p);

-- report
-- AccessStore+Leaks.page
SELECT t.rowid, t."id", t."user_id", t."company_id", (
  SELECT o.username
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS o
  WHERE o.id = +t."user_id"), (
  SELECT o.name
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS o
  WHERE o.id = +t."company_id"), coalesce((
    SELECT max(rg.ended_change)
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.key = +t."user_id"
    AND lk.key = +t."company_id"
    AND rg.user_lifetime = lu.lifetime
    AND rg.company_lifetime = lk.lifetime
    AND NOT ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL)))
    AND NOT ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL)))), (
    SELECT min(0)
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.key = +t."user_id"
    AND lk.key = +t."company_id"
    AND rg.user_lifetime = lu.lifetime
    AND rg.company_lifetime = lk.lifetime
    AND NOT ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL)))
    AND NOT ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL)))))
FROM "hrm_employee" AS t
WHERE t."user_id" IS NOT NULL
AND t."company_id" IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS x
  WHERE x.user_id = +t."user_id"
  AND x.company_id = +t."company_id")
AND EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS m
  WHERE m.id = +t."user_id")
AND EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS m
  WHERE m.id = +t."company_id")
ORDER BY t.rowid
LIMIT ?1;

-- report
-- Report.schemaVersion
SELECT value FROM company_access_setting WHERE key = 'schema_version';

-- prune
-- Prune.init
SELECT company_access_change.id, company_access_change.at, company_access_change.actor, company_access_change.origin, company_access_change.action, company_access_change.reason, company_access_change.added + CASE WHEN company_access_change.origin = 'external' THEN (
  SELECT count(*)
  FROM company_access_current_grant AS n
  WHERE n.began_change = company_access_change.id) + (
  SELECT count(*)
  FROM company_access_ended_grant AS n
  WHERE n.began_change = company_access_change.id) ELSE 0 END, company_access_change.removed + CASE WHEN company_access_change.origin = 'external' THEN (
  SELECT count(*)
  FROM company_access_ended_grant AS n
  WHERE n.ended_change = company_access_change.id) ELSE 0 END, company_access_change.undoes, company_access_change.ticket, company_access_change.decided_at
FROM company_access_change
WHERE at <= ?1
ORDER BY id DESC
LIMIT 1;

-- prune
-- Prune.count
SELECT count(*) FROM company_access_row_image AS i WHERE i.change <= :change;

-- prune
-- Prune.count
SELECT count(*)
FROM company_access_user_lifetime AS l
WHERE l.ended_change <= :change
AND NOT EXISTS (
  SELECT 1 FROM company_access_current_grant AS r WHERE r.user_lifetime = l.lifetime)
AND NOT EXISTS (
  SELECT 1
  FROM company_access_ended_grant AS r
  WHERE r.user_lifetime = l.lifetime
  AND r.ended_change > :change)
AND NOT EXISTS (
  SELECT 1
  FROM company_access_row_image AS r
  WHERE r.lifetime = l.lifetime
  AND r.kind = 'user'
  AND r.change > :change)
AND NOT EXISTS (
  SELECT 1
  FROM company_access_former_user AS r
  WHERE r.lifetime = l.lifetime
  AND r.ended_change > :change)
AND NOT EXISTS (SELECT 1 FROM company_access_user_lifetime AS r WHERE r.continues = l.lifetime);

-- prune
-- Prune.count
SELECT count(*) FROM company_access_former_user AS f WHERE f.ended_change <= :change;

-- prune
-- Prune.count
SELECT count(*)
FROM company_access_company_lifetime AS l
WHERE l.ended_change <= :change
AND NOT EXISTS (
  SELECT 1 FROM company_access_current_grant AS r WHERE r.company_lifetime = l.lifetime)
AND NOT EXISTS (
  SELECT 1
  FROM company_access_ended_grant AS r
  WHERE r.company_lifetime = l.lifetime
  AND r.ended_change > :change)
AND NOT EXISTS (
  SELECT 1
  FROM company_access_row_image AS r
  WHERE r.lifetime = l.lifetime
  AND r.kind = 'company'
  AND r.change > :change)
AND NOT EXISTS (
  SELECT 1
  FROM company_access_former_company AS r
  WHERE r.lifetime = l.lifetime
  AND r.ended_change > :change)
AND NOT EXISTS (SELECT 1 FROM company_access_company_lifetime AS r WHERE r.continues = l.lifetime);

-- prune
-- Prune.count
SELECT count(*) FROM company_access_former_company AS f WHERE f.ended_change <= :change;

-- prune
-- Prune.count
SELECT count(*) FROM company_access_ended_grant AS e WHERE e.ended_change <= :change;

-- expect, now
-- ExpectationWriter.writeUsers
SELECT u.id, u.username
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l)) AS u
ORDER BY u.username, u.id;

-- expect, now
-- ExpectationWriter.writeUsers
SELECT c.id, c.name, c.code
FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.user_id = +?1) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l)) AS c ON c.id = g.company_id
ORDER BY c.name, c.id;

-- expect, now
-- ExpectationWriter.writeCompanies
SELECT c.id, c.name, c.code, (
  SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +c.id)
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l)) AS c
ORDER BY c.name, c.id;

-- expect, now
-- TemporaryTable.make
CREATE TABLE temp.company_access_expected_user (n INTEGER NOT NULL, moment INTEGER NOT NULL, is_id INTEGER NOT NULL, name TEXT NOT NULL, called TEXT, line INTEGER NOT NULL, id, hits INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (n));

-- expect, now
-- TemporaryTable.make
CREATE TABLE temp.company_access_expected_company (n INTEGER NOT NULL, moment INTEGER NOT NULL, is_id INTEGER NOT NULL, name TEXT NOT NULL, called TEXT, line INTEGER NOT NULL, id, hits INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (n));

-- expect, now
-- TemporaryTable.make
CREATE TABLE temp.company_access_expectation (n INTEGER NOT NULL, line INTEGER NOT NULL, kind INTEGER NOT NULL, moment INTEGER NOT NULL, a INTEGER, b INTEGER, wanted INTEGER, detail TEXT, PRIMARY KEY (n));

-- expect, now
-- TemporaryTable.make
CREATE TABLE temp.company_access_expected_member (claim INTEGER NOT NULL, name INTEGER NOT NULL, PRIMARY KEY (claim, name)) WITHOUT ROWID;

-- expect, now
-- TemporaryTable.make
CREATE TABLE temp.company_access_failed_expectation (n INTEGER NOT NULL, PRIMARY KEY (n));

-- expect, now
-- TemporaryRows.flush
INSERT INTO temp.company_access_expected_member (claim, name)
VALUES (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?);

-- expect, now
-- TemporaryRows.flush
INSERT INTO temp.company_access_expected_user (n, moment, is_id, name, called, line)
VALUES (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?);

-- expect, now
-- TemporaryRows.flush
INSERT INTO temp.company_access_expectation (n, line, kind, moment, a, b, wanted, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?);

-- expect, now
-- TemporaryRows.flush
INSERT INTO temp.company_access_expectation (n, line, kind, moment, a, b, wanted, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- expect, now
-- TemporaryRows.flush
INSERT INTO temp.company_access_expected_member (claim, name) VALUES (?, ?);

-- expect, now
-- TemporaryRows.flush
INSERT INTO temp.company_access_expected_company (n, moment, is_id, name, called, line)
VALUES (?, ?, ?, ?, ?, ?);

-- expect, now
-- ExpectedNames.resolveNames
UPDATE temp.company_access_expected_user AS s
SET id = m.id, hits = m.hits
FROM (
  SELECT f.name COLLATE BINARY AS name, min(f.id) AS id, count(DISTINCT f.id) AS hits
  FROM (
    SELECT l.username AS name, l.id
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_users AS l) AS l
    WHERE l.username COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_user AS w
      WHERE w.moment = 0
      AND NOT w.is_id)) AS f
  GROUP BY f.name COLLATE BINARY) AS m
WHERE m.name = s.name
AND s.moment = 0
AND NOT s.is_id;

-- expect, now
-- ExpectedNames.resolve
SELECT n, is_id, name, called, line
FROM temp.company_access_expected_user
WHERE moment = 0
AND hits <> 1;

-- expect, now
-- ExpectedNames.resolveNames
UPDATE temp.company_access_expected_company AS s
SET id = m.id, hits = m.hits
FROM (
  SELECT f.name COLLATE BINARY AS name, min(f.id) AS id, count(DISTINCT f.id) AS hits
  FROM (
    SELECT l.name AS name, l.id
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS l
    WHERE l.name COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_company AS w
      WHERE w.moment = 0
      AND NOT w.is_id)
    UNION ALL SELECT l.code AS name, l.id
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
      FROM hrm_company AS l) AS l
    WHERE l.code COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_company AS w
      WHERE w.moment = 0
      AND NOT w.is_id)) AS f
  GROUP BY f.name COLLATE BINARY) AS m
WHERE m.name = s.name
AND s.moment = 0
AND NOT s.is_id;

-- expect, now
-- ExpectedNames.resolve
SELECT n, is_id, name, called, line
FROM temp.company_access_expected_company
WHERE moment = 0
AND hits <> 1;

-- expect, now
-- ExpectedNames.hasTwins
SELECT count(*)
FROM (
  SELECT 1
  FROM temp.company_access_expected_user
  WHERE moment = 0
  GROUP BY id HAVING count(*) > 1
  LIMIT 1) AS t;

-- expect, now
-- ExpectedNames.hasTwins
SELECT count(*)
FROM (
  SELECT 1
  FROM temp.company_access_expected_company
  WHERE moment = 0
  GROUP BY id HAVING count(*) > 1
  LIMIT 1) AS t;

-- expect, now
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expected_member AS m
CROSS JOIN temp.company_access_expected_company AS o ON o.n = m.name
CROSS JOIN temp.company_access_expectation AS e ON e.n = m.claim
CROSS JOIN temp.company_access_expected_user AS s ON s.n = e.a
WHERE e.kind = 1
AND NOT (EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +s.id AND a.company_id = +o.id)) ON CONFLICT DO NOTHING;

-- expect, now
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_user AS s ON s.n = e.a
WHERE e.kind = 1
AND ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +s.id)) <> (
  SELECT count(*) FROM temp.company_access_expected_member AS m WHERE m.claim = e.n) ON CONFLICT DO NOTHING;

-- expect, now
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_user AS s ON s.n = e.a
WHERE e.kind = 3
AND ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +s.id)) <> e.wanted ON CONFLICT DO NOTHING;

-- expect, now
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_company AS s ON s.n = e.a
WHERE e.kind = 4
AND ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +s.id)) <> e.wanted ON CONFLICT DO NOTHING;

-- expect, now
-- AccessStore+Expect.expect
SELECT count(*) FROM temp.company_access_failed_expectation;

-- expect, now
-- ExpectationResults.forEach
SELECT e.n, e.line, e.kind, e.wanted, e.detail, TRUE, coalesce(a.is_id, c.is_id), coalesce(a.name, c.name), coalesce(a.called, c.called), b.is_id, b.name, b.called
FROM temp.company_access_failed_expectation AS f
CROSS JOIN temp.company_access_expectation AS e ON e.n = f.n
LEFT JOIN temp.company_access_expected_user AS a ON a.n = e.a
LEFT JOIN temp.company_access_expected_company AS c ON c.n = e.a
LEFT JOIN temp.company_access_expected_company AS b ON b.n = e.b
ORDER BY e.n;

-- expect, now
-- TemporaryRows.flush
INSERT INTO temp.company_access_expected_user (n, moment, is_id, name, called, line)
VALUES (?, ?, ?, ?, ?, ?);

-- expect, now
-- ExpectedNames.resolveNames
UPDATE temp.company_access_expected_user AS s
SET id = m.id, hits = m.hits
FROM (
  SELECT f.name COLLATE BINARY AS name, min(f.id) AS id, count(DISTINCT f.id) AS hits
  FROM (
    SELECT l.username AS name, l.id
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS l
    WHERE l.username COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_user AS w
      WHERE w.moment = 1
      AND NOT w.is_id)
    UNION ALL SELECT l.username AS name, l.id
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS l
    WHERE l.username COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_user AS w
      WHERE w.moment = 1
      AND NOT w.is_id)) AS f
  GROUP BY f.name COLLATE BINARY) AS m
WHERE m.name = s.name
AND s.moment = 1
AND NOT s.is_id;

-- expect, now
-- ExpectedNames.resolve
SELECT n, is_id, name, called, line
FROM temp.company_access_expected_user
WHERE moment = 1
AND hits <> 1;

-- expect, now
-- ExpectedNames.resolveNames
UPDATE temp.company_access_expected_company AS s
SET id = m.id, hits = m.hits
FROM (
  SELECT f.name COLLATE BINARY AS name, min(f.id) AS id, count(DISTINCT f.id) AS hits
  FROM (
    SELECT l.name AS name, l.id
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_company_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS l
    WHERE l.name COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_company AS w
      WHERE w.moment = 1
      AND NOT w.is_id)
    UNION ALL SELECT l.code AS name, l.id
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_company_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS l
    WHERE l.code COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_company AS w
      WHERE w.moment = 1
      AND NOT w.is_id)
    UNION ALL SELECT l.name AS name, l.id
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_company AS f
        CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS l
    WHERE l.name COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_company AS w
      WHERE w.moment = 1
      AND NOT w.is_id)
    UNION ALL SELECT l.code AS name, l.id
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_company AS f
        CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS l
    WHERE l.code COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_company AS w
      WHERE w.moment = 1
      AND NOT w.is_id)) AS f
  GROUP BY f.name COLLATE BINARY) AS m
WHERE m.name = s.name
AND s.moment = 1
AND NOT s.is_id;

-- expect, now
-- ExpectedNames.resolve
SELECT n, is_id, name, called, line
FROM temp.company_access_expected_company
WHERE moment = 1
AND hits <> 1;

-- expect, now
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_user AS s ON s.n = e.a
CROSS JOIN temp.company_access_expected_company AS c ON c.n = e.b
WHERE e.kind = 0
AND e.moment = 0
AND (CASE WHEN EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +s.id AND a.company_id = +c.id) THEN 1 ELSE 0 END) <> e.wanted ON CONFLICT DO NOTHING;

-- expect, now
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_user AS s ON s.n = e.a
CROSS JOIN temp.company_access_expected_company AS c ON c.n = e.b
WHERE e.kind = 0
AND e.moment = 1
AND (CASE WHEN (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = s.id
      AND lk.key = c.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = s.id
      AND lk.key = c.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)) THEN 1 ELSE 0 END) <> e.wanted ON CONFLICT DO NOTHING;

-- expect, now
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expected_member AS m
CROSS JOIN temp.company_access_expected_user AS o ON o.n = m.name
CROSS JOIN temp.company_access_expectation AS e ON e.n = m.claim
CROSS JOIN temp.company_access_expected_company AS s ON s.n = e.a
WHERE e.kind = 2
AND NOT (EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +o.id AND a.company_id = +s.id)) ON CONFLICT DO NOTHING;

-- expect, now
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_company AS s ON s.n = e.a
WHERE e.kind = 2
AND ((SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +s.id)) <> (
  SELECT count(*) FROM temp.company_access_expected_member AS m WHERE m.claim = e.n) ON CONFLICT DO NOTHING;

-- expect, now
-- ExpectationCheck.checkSingly
SELECT e.n, e.kind, e.wanted, e.detail, s.id, c.id
FROM temp.company_access_expectation AS e
LEFT JOIN temp.company_access_expected_company AS s ON s.n = e.a
LEFT JOIN temp.company_access_expected_company AS c ON c.n = e.b
WHERE e.kind >= 5;

-- expect, now
-- ExpectationCheck.checkSingly
INSERT INTO temp.company_access_failed_expectation (n) VALUES (?1);

-- expect, now
-- ExpectationCheck.affected
SELECT count(*)
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l)) AS u
WHERE NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id));

-- expect, now
-- ExpectationCheck.affected
SELECT u.username AS name
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l)) AS u
WHERE NOT (EXISTS (SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id))
ORDER BY name
LIMIT 20;

-- expect, now
-- ExpectationCheck.affected
SELECT count(*)
FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?1) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l)) AS u ON u.id = g.user_id
WHERE EXISTS (
  SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?2);

-- expect, now
-- ExpectationCheck.affected
SELECT u.username AS name
FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?1) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l)) AS u ON u.id = g.user_id
WHERE EXISTS (
  SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +u.id AND a.company_id = +?2)
ORDER BY name
LIMIT 20;

-- expect, now
-- ExpectationResults.forEach
SELECT e.n, e.line, e.kind, e.wanted, e.detail, e.n IN (
  SELECT f.n FROM temp.company_access_failed_expectation AS f), coalesce(a.is_id, c.is_id), coalesce(a.name, c.name), coalesce(a.called, c.called), b.is_id, b.name, b.called
FROM temp.company_access_expectation AS e
LEFT JOIN temp.company_access_expected_user AS a ON a.n = e.a
LEFT JOIN temp.company_access_expected_company AS c ON c.n = e.a
LEFT JOIN temp.company_access_expected_company AS b ON b.n = e.b
ORDER BY e.n;

-- expect, now
-- ExpectationResults.members
SELECT s.is_id, s.name, s.called
FROM temp.company_access_expected_member AS m
CROSS JOIN temp.company_access_expected_company AS s ON s.n = m.name
WHERE m.claim = ?1
ORDER BY m.name;

-- expect, now
-- ExpectationResults.members
SELECT s.is_id, s.name, s.called
FROM temp.company_access_expected_member AS m
CROSS JOIN temp.company_access_expected_user AS s ON s.n = m.name
WHERE m.claim = ?1
ORDER BY m.name;

-- expect, now
-- ExpectationCheck.differences
SELECT s.id
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_company AS s ON s.n = e.a
WHERE e.n = 4;

-- expect, now
-- ExpectationCheck.affected
SELECT count(*)
FROM temp.company_access_expected_member AS m
CROSS JOIN temp.company_access_expected_user AS n ON n.n = m.name
WHERE m.claim = 4
AND NOT (EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +n.id AND a.company_id = +?1));

-- expect, now
-- ExpectationCheck.affected
SELECT coalesce(n.called, n.name) AS name
FROM temp.company_access_expected_member AS m
CROSS JOIN temp.company_access_expected_user AS n ON n.n = m.name
WHERE m.claim = 4
AND NOT (EXISTS (
    SELECT 1 FROM hrm_user_company_access AS a WHERE a.user_id = +n.id AND a.company_id = +?1))
ORDER BY name
LIMIT 20;

-- expect, now
-- ExpectationCheck.affected
SELECT count(*)
FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?1) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l)) AS o ON o.id = g.user_id
WHERE +o.id NOT IN (
  SELECT +n.id
  FROM temp.company_access_expected_member AS m
  CROSS JOIN temp.company_access_expected_user AS n ON n.n = m.name
  WHERE m.claim = 4);

-- expect, now
-- ExpectationCheck.affected
SELECT o.username AS name
FROM (SELECT a.user_id, a.company_id FROM hrm_user_company_access AS a WHERE a.company_id = +?1) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l)) AS o ON o.id = g.user_id
WHERE +o.id NOT IN (
  SELECT +n.id
  FROM temp.company_access_expected_member AS m
  CROSS JOIN temp.company_access_expected_user AS n ON n.n = m.name
  WHERE m.claim = 4)
ORDER BY name
LIMIT 20;

-- expect, now
-- ExpectationCheck.count
SELECT (SELECT count(*) FROM hrm_user_company_access AS a WHERE a.user_id = +s.id)
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_user AS s ON s.n = e.a
WHERE e.n = 5;

-- expect, now
-- ExpectationCheck.count
SELECT (SELECT count(*) FROM hrm_user_company_access AS a WHERE a.company_id = +s.id)
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_company AS s ON s.n = e.a
WHERE e.n = 6;

-- expect, now
-- ExpectationCheck.failure
SELECT s.id, c.id
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_company AS s ON s.n = e.a
CROSS JOIN temp.company_access_expected_company AS c ON c.n = e.b
WHERE e.n = 9;

-- expect, at a change
-- ExpectationWriter.writeUsers
SELECT u.id, u.username
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS u
ORDER BY u.username, u.id;

-- expect, at a change
-- ExpectationWriter.writeUsers
SELECT c.id, c.name, c.code
FROM (
  SELECT lu.key AS user_id, lk.key AS company_id
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_current_grant AS rg
  CROSS JOIN company_access_company_lifetime AS lk
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = ?1
  AND coalesce(rg.began_change, 0) <= :change
  UNION ALL SELECT lu.key AS user_id, lk.key AS company_id
  FROM company_access_user_lifetime AS lu
  CROSS JOIN company_access_ended_grant AS rg
  CROSS JOIN company_access_company_lifetime AS lk
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lu.key = ?1
  AND rg.ended_change > :change
  AND coalesce(rg.began_change, 0) <= :change) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS c ON c.id = g.company_id
ORDER BY c.name, c.id;

-- expect, at a change
-- ExpectationWriter.writeCompanies
SELECT c.id, c.name, c.code, (
  SELECT coalesce(sum((
        SELECT count(*)
        FROM company_access_current_grant AS rg
        WHERE rg.company_lifetime = lu.lifetime
        AND coalesce(rg.began_change, 0) <= :change) + (
        SELECT count(*)
        FROM company_access_ended_grant AS rg
        WHERE rg.company_lifetime = lu.lifetime
        AND rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change)), 0)
  FROM company_access_company_lifetime AS lu
  WHERE lu.key = c.id)
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_company_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_company AS f
      CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS c
ORDER BY c.name, c.id;

-- expect, at a change
-- ExpectedNames.resolveNames
UPDATE temp.company_access_expected_user AS s
SET id = m.id, hits = m.hits
FROM (
  SELECT f.name COLLATE BINARY AS name, min(f.id) AS id, count(DISTINCT f.id) AS hits
  FROM (
    SELECT l.username AS name, l.id
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_user_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS l
    WHERE l.username COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_user AS w
      WHERE w.moment = 0
      AND NOT w.is_id)
    UNION ALL SELECT l.username AS name, l.id
    FROM (
      SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_user AS f
        CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS l
    WHERE l.username COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_user AS w
      WHERE w.moment = 0
      AND NOT w.is_id)) AS f
  GROUP BY f.name COLLATE BINARY) AS m
WHERE m.name = s.name
AND s.moment = 0
AND NOT s.is_id;

-- expect, at a change
-- ExpectedNames.resolveNames
UPDATE temp.company_access_expected_company AS s
SET id = m.id, hits = m.hits
FROM (
  SELECT f.name COLLATE BINARY AS name, min(f.id) AS id, count(DISTINCT f.id) AS hits
  FROM (
    SELECT l.name AS name, l.id
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_company_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS l
    WHERE l.name COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_company AS w
      WHERE w.moment = 0
      AND NOT w.is_id)
    UNION ALL SELECT l.code AS name, l.id
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, o.name AS name, o.code AS code, o.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_company_lifetime AS o
        WHERE o.present
        AND coalesce(o.since_change, 0) <= :change
        AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l) AS l
    WHERE l.code COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_company AS w
      WHERE w.moment = 0
      AND NOT w.is_id)
    UNION ALL SELECT l.name AS name, l.id
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_company AS f
        CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS l
    WHERE l.name COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_company AS w
      WHERE w.moment = 0
      AND NOT w.is_id)
    UNION ALL SELECT l.code AS name, l.id
    FROM (
      SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
      FROM (
        SELECT o.key AS id, f.name AS name, f.code AS code, f.active AS is_active, o.lifetime AS company_access_lifetime
        FROM company_access_former_company AS f
        CROSS JOIN company_access_company_lifetime AS o ON o.lifetime = f.lifetime
        WHERE f.present
        AND f.ended_change > :change
        AND coalesce(f.began_change, 0) <= :change) AS l) AS l
    WHERE l.code COLLATE BINARY IN (
      SELECT w.name
      FROM temp.company_access_expected_company AS w
      WHERE w.moment = 0
      AND NOT w.is_id)) AS f
  GROUP BY f.name COLLATE BINARY) AS m
WHERE m.name = s.name
AND s.moment = 0
AND NOT s.is_id;

-- expect, at a change
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expected_member AS m
CROSS JOIN temp.company_access_expected_company AS o ON o.n = m.name
CROSS JOIN temp.company_access_expectation AS e ON e.n = m.claim
CROSS JOIN temp.company_access_expected_user AS s ON s.n = e.a
WHERE e.kind = 1
AND NOT ((EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = s.id
      AND lk.key = o.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = s.id
      AND lk.key = o.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))) ON CONFLICT DO NOTHING;

-- expect, at a change
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_user AS s ON s.n = e.a
WHERE e.kind = 1
AND ((
    SELECT coalesce(sum((
          SELECT count(*)
          FROM company_access_current_grant AS rg
          WHERE rg.user_lifetime = lu.lifetime
          AND coalesce(rg.began_change, 0) <= :change) + (
          SELECT count(*)
          FROM company_access_ended_grant AS rg
          WHERE rg.user_lifetime = lu.lifetime
          AND rg.ended_change > :change
          AND coalesce(rg.began_change, 0) <= :change)), 0)
    FROM company_access_user_lifetime AS lu
    WHERE lu.key = s.id)) <> (
  SELECT count(*) FROM temp.company_access_expected_member AS m WHERE m.claim = e.n) ON CONFLICT DO NOTHING;

-- expect, at a change
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_user AS s ON s.n = e.a
WHERE e.kind = 3
AND ((
    SELECT coalesce(sum((
          SELECT count(*)
          FROM company_access_current_grant AS rg
          WHERE rg.user_lifetime = lu.lifetime
          AND coalesce(rg.began_change, 0) <= :change) + (
          SELECT count(*)
          FROM company_access_ended_grant AS rg
          WHERE rg.user_lifetime = lu.lifetime
          AND rg.ended_change > :change
          AND coalesce(rg.began_change, 0) <= :change)), 0)
    FROM company_access_user_lifetime AS lu
    WHERE lu.key = s.id)) <> e.wanted ON CONFLICT DO NOTHING;

-- expect, at a change
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_company AS s ON s.n = e.a
WHERE e.kind = 4
AND ((
    SELECT coalesce(sum((
          SELECT count(*)
          FROM company_access_current_grant AS rg
          WHERE rg.company_lifetime = lu.lifetime
          AND coalesce(rg.began_change, 0) <= :change) + (
          SELECT count(*)
          FROM company_access_ended_grant AS rg
          WHERE rg.company_lifetime = lu.lifetime
          AND rg.ended_change > :change
          AND coalesce(rg.began_change, 0) <= :change)), 0)
    FROM company_access_company_lifetime AS lu
    WHERE lu.key = s.id)) <> e.wanted ON CONFLICT DO NOTHING;

-- expect, at a change
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_user AS s ON s.n = e.a
CROSS JOIN temp.company_access_expected_company AS c ON c.n = e.b
WHERE e.kind = 0
AND e.moment = 0
AND (CASE WHEN (EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = s.id
      AND lk.key = c.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = s.id
      AND lk.key = c.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)) THEN 1 ELSE 0 END) <> e.wanted ON CONFLICT DO NOTHING;

-- expect, at a change
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expected_member AS m
CROSS JOIN temp.company_access_expected_user AS o ON o.n = m.name
CROSS JOIN temp.company_access_expectation AS e ON e.n = m.claim
CROSS JOIN temp.company_access_expected_company AS s ON s.n = e.a
WHERE e.kind = 2
AND NOT ((EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = o.id
      AND lk.key = s.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = o.id
      AND lk.key = s.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change))) ON CONFLICT DO NOTHING;

-- expect, at a change
-- ExpectationCheck.fail
INSERT INTO temp.company_access_failed_expectation (n) SELECT e.n
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_company AS s ON s.n = e.a
WHERE e.kind = 2
AND ((
    SELECT coalesce(sum((
          SELECT count(*)
          FROM company_access_current_grant AS rg
          WHERE rg.company_lifetime = lu.lifetime
          AND coalesce(rg.began_change, 0) <= :change) + (
          SELECT count(*)
          FROM company_access_ended_grant AS rg
          WHERE rg.company_lifetime = lu.lifetime
          AND rg.ended_change > :change
          AND coalesce(rg.began_change, 0) <= :change)), 0)
    FROM company_access_company_lifetime AS lu
    WHERE lu.key = s.id)) <> (
  SELECT count(*) FROM temp.company_access_expected_member AS m WHERE m.claim = e.n) ON CONFLICT DO NOTHING;

-- expect, at a change
-- ExpectationCheck.affected
SELECT count(*)
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS u
WHERE NOT ((EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)));

-- expect, at a change
-- ExpectationCheck.affected
SELECT u.username AS name
FROM (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS u
WHERE NOT ((EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lu.key = u.id
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)))
ORDER BY name
LIMIT 20;

-- expect, at a change
-- ExpectationCheck.affected
SELECT count(*)
FROM (
  SELECT lu.key AS user_id, lk.key AS company_id
  FROM company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  CROSS JOIN company_access_user_lifetime AS lu
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lk.key = ?1
  AND coalesce(rg.began_change, 0) <= :change
  UNION ALL SELECT lu.key AS user_id, lk.key AS company_id
  FROM company_access_company_lifetime AS lk
  CROSS JOIN company_access_ended_grant AS rg
  CROSS JOIN company_access_user_lifetime AS lu
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lk.key = ?1
  AND rg.ended_change > :change
  AND coalesce(rg.began_change, 0) <= :change) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS u ON u.id = g.user_id
WHERE (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = u.id
    AND lk.key = ?2
    AND coalesce(rg.began_change, 0) <= :change)
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = u.id
    AND lk.key = ?2
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change));

-- expect, at a change
-- ExpectationCheck.affected
SELECT u.username AS name
FROM (
  SELECT lu.key AS user_id, lk.key AS company_id
  FROM company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  CROSS JOIN company_access_user_lifetime AS lu
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lk.key = ?1
  AND coalesce(rg.began_change, 0) <= :change
  UNION ALL SELECT lu.key AS user_id, lk.key AS company_id
  FROM company_access_company_lifetime AS lk
  CROSS JOIN company_access_ended_grant AS rg
  CROSS JOIN company_access_user_lifetime AS lu
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lk.key = ?1
  AND rg.ended_change > :change
  AND coalesce(rg.began_change, 0) <= :change) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS u ON u.id = g.user_id
WHERE (EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = u.id
    AND lk.key = ?2
    AND coalesce(rg.began_change, 0) <= :change)
  OR EXISTS (
    SELECT 1
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.lifetime = rg.user_lifetime
    AND lk.lifetime = rg.company_lifetime
    AND lu.key = u.id
    AND lk.key = ?2
    AND rg.ended_change > :change
    AND coalesce(rg.began_change, 0) <= :change))
ORDER BY name
LIMIT 20;

-- expect, at a change
-- ExpectationCheck.affected
SELECT count(*)
FROM temp.company_access_expected_member AS m
CROSS JOIN temp.company_access_expected_user AS n ON n.n = m.name
WHERE m.claim = 4
AND NOT ((EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = n.id
      AND lk.key = ?1
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = n.id
      AND lk.key = ?1
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)));

-- expect, at a change
-- ExpectationCheck.affected
SELECT coalesce(n.called, n.name) AS name
FROM temp.company_access_expected_member AS m
CROSS JOIN temp.company_access_expected_user AS n ON n.n = m.name
WHERE m.claim = 4
AND NOT ((EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_current_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = n.id
      AND lk.key = ?1
      AND coalesce(rg.began_change, 0) <= :change)
    OR EXISTS (
      SELECT 1
      FROM company_access_user_lifetime AS lu
      CROSS JOIN company_access_company_lifetime AS lk
      CROSS JOIN company_access_ended_grant AS rg
      WHERE lu.lifetime = rg.user_lifetime
      AND lk.lifetime = rg.company_lifetime
      AND lu.key = n.id
      AND lk.key = ?1
      AND rg.ended_change > :change
      AND coalesce(rg.began_change, 0) <= :change)))
ORDER BY name
LIMIT 20;

-- expect, at a change
-- ExpectationCheck.affected
SELECT count(*)
FROM (
  SELECT lu.key AS user_id, lk.key AS company_id
  FROM company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  CROSS JOIN company_access_user_lifetime AS lu
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lk.key = ?1
  AND coalesce(rg.began_change, 0) <= :change
  UNION ALL SELECT lu.key AS user_id, lk.key AS company_id
  FROM company_access_company_lifetime AS lk
  CROSS JOIN company_access_ended_grant AS rg
  CROSS JOIN company_access_user_lifetime AS lu
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lk.key = ?1
  AND rg.ended_change > :change
  AND coalesce(rg.began_change, 0) <= :change) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS o ON o.id = g.user_id
WHERE +o.id NOT IN (
  SELECT +n.id
  FROM temp.company_access_expected_member AS m
  CROSS JOIN temp.company_access_expected_user AS n ON n.n = m.name
  WHERE m.claim = 4);

-- expect, at a change
-- ExpectationCheck.affected
SELECT o.username AS name
FROM (
  SELECT lu.key AS user_id, lk.key AS company_id
  FROM company_access_company_lifetime AS lk
  CROSS JOIN company_access_current_grant AS rg
  CROSS JOIN company_access_user_lifetime AS lu
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lk.key = ?1
  AND coalesce(rg.began_change, 0) <= :change
  UNION ALL SELECT lu.key AS user_id, lk.key AS company_id
  FROM company_access_company_lifetime AS lk
  CROSS JOIN company_access_ended_grant AS rg
  CROSS JOIN company_access_user_lifetime AS lu
  WHERE lu.lifetime = rg.user_lifetime
  AND lk.lifetime = rg.company_lifetime
  AND lk.key = ?1
  AND rg.ended_change > :change
  AND coalesce(rg.began_change, 0) <= :change) AS g
CROSS JOIN (
  SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, o.name AS username, o.full_name AS full_name, o.email AS email, o.role AS role_id, o.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_user_lifetime AS o
      WHERE o.present
      AND coalesce(o.since_change, 0) <= :change
      AND (o.ended_change IS NULL OR o.ended_change > :change)) AS l)
  UNION ALL SELECT *
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active, l.company_access_lifetime AS lifetime
    FROM (
      SELECT o.key AS id, f.name AS username, f.full_name AS full_name, f.email AS email, f.role AS role_id, f.active AS is_active, o.lifetime AS company_access_lifetime
      FROM company_access_former_user AS f
      CROSS JOIN company_access_user_lifetime AS o ON o.lifetime = f.lifetime
      WHERE f.present
      AND f.ended_change > :change
      AND coalesce(f.began_change, 0) <= :change) AS l)) AS o ON o.id = g.user_id
WHERE +o.id NOT IN (
  SELECT +n.id
  FROM temp.company_access_expected_member AS m
  CROSS JOIN temp.company_access_expected_user AS n ON n.n = m.name
  WHERE m.claim = 4)
ORDER BY name
LIMIT 20;

-- expect, at a change
-- ExpectationCheck.count
SELECT (
  SELECT coalesce(sum((
        SELECT count(*)
        FROM company_access_current_grant AS rg
        WHERE rg.user_lifetime = lu.lifetime
        AND coalesce(rg.began_change, 0) <= :change) + (
        SELECT count(*)
        FROM company_access_ended_grant AS rg
        WHERE rg.user_lifetime = lu.lifetime
        AND rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change)), 0)
  FROM company_access_user_lifetime AS lu
  WHERE lu.key = s.id)
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_user AS s ON s.n = e.a
WHERE e.n = 5;

-- expect, at a change
-- ExpectationCheck.count
SELECT (
  SELECT coalesce(sum((
        SELECT count(*)
        FROM company_access_current_grant AS rg
        WHERE rg.company_lifetime = lu.lifetime
        AND coalesce(rg.began_change, 0) <= :change) + (
        SELECT count(*)
        FROM company_access_ended_grant AS rg
        WHERE rg.company_lifetime = lu.lifetime
        AND rg.ended_change > :change
        AND coalesce(rg.began_change, 0) <= :change)), 0)
  FROM company_access_company_lifetime AS lu
  WHERE lu.key = s.id)
FROM temp.company_access_expectation AS e
CROSS JOIN temp.company_access_expected_company AS s ON s.n = e.a
WHERE e.n = 6;

-- snapshot
-- Snapshots.rows
SELECT s.key, s.number, (SELECT x.at FROM company_access_change AS x WHERE x.id = s.number), (
  SELECT count(*) FROM company_access_change AS x WHERE x.id > s.number)
FROM (
  SELECT s.key, CAST(s.value AS INTEGER) AS number
  FROM company_access_setting AS s
  WHERE s.key = ?1) AS s
ORDER BY s.number, s.key;

-- snapshot
-- ChangeHeader.closeExternal
UPDATE main.company_access_now SET external_day = NULL;

-- snapshot
-- Snapshots.saveSnapshot
INSERT INTO company_access_setting (key, value) SELECT ?1, coalesce(max(id), 0)
FROM company_access_change
WHERE TRUE ON CONFLICT (key) DO UPDATE
SET value = excluded.value;

-- snapshot
-- Snapshots.rows
SELECT s.key, s.number, (SELECT x.at FROM company_access_change AS x WHERE x.id = s.number), (
  SELECT count(*) FROM company_access_change AS x WHERE x.id > s.number)
FROM (
  SELECT s.key, CAST(s.value AS INTEGER) AS number
  FROM company_access_setting AS s
  WHERE s.key >= ?1
  AND s.key < ?2) AS s
ORDER BY s.number, s.key;

-- snapshot
-- Snapshots.dropSnapshot
DELETE FROM company_access_setting WHERE key = ?1;

-- policy
-- RecordedSetting.set
INSERT INTO company_access_setting (key, value) VALUES (?1, ?2);

-- policy
-- ChangeReader.changes
SELECT x.id, x.at, x.actor, x.origin, x.action, x.reason, x.added + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_current_grant AS n WHERE n.began_change = x.id) + (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.began_change = x.id) ELSE 0 END, x.removed + CASE WHEN x.origin = 'external' THEN (
  SELECT count(*) FROM company_access_ended_grant AS n WHERE n.ended_change = x.id) ELSE 0 END, x.undoes, x.ticket, x.decided_at
FROM company_access_change AS x
WHERE CAST(round((julianday(x.at) - 2440587.5) * 86400000) AS INTEGER) - CASE WHEN length(x.decided_at) = 10 THEN CAST(round((julianday(x.decided_at, '+1 day', 'utc') - 2440587.5) * 86400000) AS INTEGER) ELSE CAST(round((julianday(x.decided_at) - 2440587.5) * 86400000) AS INTEGER) END > ?1
ORDER BY x.id DESC
LIMIT 1;

-- leaks
-- AccessStore+Leaks.page
SELECT t.rowid, t."id", t."user_id", t."company_id", (
  SELECT o.username
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS o
  WHERE o.id = +t."user_id"), (
  SELECT o.name
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS o
  WHERE o.id = +t."company_id"), coalesce((
    SELECT max(rg.ended_change)
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_ended_grant AS rg
    WHERE lu.key = +t."user_id"
    AND lk.key = +t."company_id"
    AND rg.user_lifetime = lu.lifetime
    AND rg.company_lifetime = lk.lifetime
    AND NOT ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL)))
    AND NOT ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL)))), (
    SELECT min(0)
    FROM company_access_user_lifetime AS lu
    CROSS JOIN company_access_company_lifetime AS lk
    CROSS JOIN company_access_current_grant AS rg
    WHERE lu.key = +t."user_id"
    AND lk.key = +t."company_id"
    AND rg.user_lifetime = lu.lifetime
    AND rg.company_lifetime = lk.lifetime
    AND NOT ((lu.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lu.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_user_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_user_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL)))
    AND NOT ((lk.ended_change IS NOT NULL)
      AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT lk.lifetime
          UNION SELECT n.lifetime
          FROM holder JOIN company_access_company_lifetime AS n ON n.continues = holder.l) SELECT 1
        FROM holder JOIN company_access_company_lifetime AS n ON n.lifetime = holder.l
        WHERE NOT (n.ended_change IS NOT NULL)))))
FROM "hrm_employee" AS t
WHERE t."user_id" IS NOT NULL
AND t."company_id" IS NOT NULL
AND NOT EXISTS (
  SELECT 1
  FROM hrm_user_company_access AS x
  WHERE x.user_id = +t."user_id"
  AND x.company_id = +t."company_id")
AND EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.username AS username, l.full_name AS full_name, l.email AS email, l.role_id AS role, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_users AS l) AS m
  WHERE m.id = +t."user_id")
AND EXISTS (
  SELECT 1
  FROM (
    SELECT l.id AS id, l.name AS name, l.code AS code, coalesce(l.is_active, 1) <> 0 AS is_active
    FROM hrm_company AS l) AS m
  WHERE m.id = +t."company_id")
AND (t.rowid) > (?1)
ORDER BY t.rowid
LIMIT ?2;

-- suggestion
-- Catalogue+SQLite.readColumns
SELECT s.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
FROM sqlite_schema AS s JOIN temp.pragma_table_xinfo(s.name) AS c
WHERE s.type = 'table'
AND c.hidden = 0
ORDER BY s.name, c.cid;

-- suggestion
-- Catalogue+SQLite.readForeignKeys
SELECT s.name, k.id, k."table", k."from", k."to", k.on_delete
FROM sqlite_schema AS s JOIN temp.pragma_foreign_key_list(s.name) AS k
WHERE s.type = 'table'
ORDER BY s.name, k.id, k.seq;

-- suggestion
-- Catalogue+SQLite.readUnique
SELECT s.name, i.name, i.partial, c.name
FROM sqlite_schema AS s JOIN temp.pragma_index_list(s.name) AS i JOIN temp.pragma_index_info(i.name) AS c
WHERE s.type = 'table'
AND i."unique"
AND i.origin <> 'pk'
ORDER BY s.name, i.seq, c.seqno;

-- suggestion
-- Catalogue+Rows.sampled
SELECT count(*) FROM (SELECT 1 FROM "hrm_users" LIMIT ?1);

-- suggestion
-- Catalogue+Rows.sample
SELECT value, count(*)
FROM (SELECT "role_id" AS value FROM "hrm_users" LIMIT ?1)
GROUP BY value
ORDER BY count(*) DESC, value
LIMIT 20;

-- suggestion
-- Catalogue+Rows.sample
SELECT value, count(*)
FROM (SELECT "is_active" AS value FROM "hrm_users" LIMIT ?1)
GROUP BY value
ORDER BY count(*) DESC, value
LIMIT 20;

-- suggestion
-- Catalogue+Rows.sampled
SELECT count(*) FROM (SELECT 1 FROM "hrm_company" LIMIT ?1);

-- suggestion
-- Catalogue+Rows.sample
SELECT value, count(*)
FROM (SELECT "is_active" AS value FROM "hrm_company" LIMIT ?1)
GROUP BY value
ORDER BY count(*) DESC, value
LIMIT 20;

-- suggestion
-- Catalogue+Rows.sampled
SELECT count(*) FROM (SELECT 1 FROM "hrm_user_company_access" LIMIT ?1);

-- suggestion
-- Catalogue+Rows.sampled
SELECT count(*) FROM (SELECT 1 FROM "hrm_employee" LIMIT ?1);
