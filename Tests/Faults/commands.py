"""The table of commands that are swept: what is there before, and what is called."""

import os
import shutil
import sqlite3

import program


class Command:
    """A call of the program on the database `hrm.db` of a folder.

    - prepare: fills the folder; by default with the sample.
    - words: what is called, after `--db hrm.db`.
    - again: the exit codes of the same call once it has been carried out; what it changes then,
      if anything, is no business of the sweep.
    - files: the databases that it may change or make.
    - output: another file that it writes before it commits, and that is not overwritten: where one was
      left by a fault, the next call begins without it.
    - completes: whether the record misses something before, although all triggers are there.
    """

    def __init__(
        self, name, words, prepare=None, again=(0,), files=("hrm.db",), output=None, completes=False
    ):
        self.name = name
        self.words = words
        self.prepare = prepare or sample
        self.again = again
        self.files = files
        self.output = output
        self.completes = completes

    def call(self, folder):
        words = [word.replace("{folder}", folder) for word in self.words]
        return ["--db", os.path.join(folder, "hrm.db")] + words


def sample(folder):
    shutil.copyfile(program.SAMPLE, os.path.join(folder, "hrm.db"))
    os.chmod(os.path.join(folder, "hrm.db"), 0o644)


def carried_out(*calls):
    """A folder with the sample in which these calls have been carried out."""

    def prepare(folder):
        sample(folder)
        for call in calls:
            words = [word.replace("{folder}", folder) for word in call]
            ended = program.run(["--db", os.path.join(folder, "hrm.db")] + words)
            if ended.status != 0:
                raise RuntimeError(f"{call}: {ended}")
        for name in os.listdir(folder):
            if ".before-" in name:
                os.unlink(os.path.join(folder, name))

    return prepare


def with_pairs(folder):
    """The sample, and a file with grants, revocations and a new user."""
    sample(folder)
    path = os.path.join(folder, "hrm.db")
    connection = sqlite3.connect(path)
    pairs = connection.execute("""
        SELECT u.username, c.code, a.id IS NULL FROM hrm_users u, hrm_company c
        LEFT JOIN hrm_user_company_access a ON a.user_id = u.id AND a.company_id = c.id
        WHERE c.code IS NOT NULL AND u.id > 1 ORDER BY u.id * 7 % 42, c.code LIMIT 80""").fetchall()
    connection.close()
    with open(os.path.join(folder, "pairs.csv"), "w", encoding="utf-8") as file:
        file.write("user,company,action\n")
        for user, code, is_new in pairs:
            file.write(f"{user},{code},{'grant' if is_new else 'revoke'}\n")
        file.write("zz_new,NYC,grant\n")


def with_dropped_trigger(folder):
    """The sample after an application has made its table of users anew, and written since.

    What no trigger has seen is put on the record by the upgrade.
    """
    sample(folder)
    connection = sqlite3.connect(os.path.join(folder, "hrm.db"))
    connection.executescript("""
        DROP TRIGGER company_access_user_deleted;
        DROP TRIGGER company_access_grant_deleted;
        UPDATE hrm_employee SET user_id = NULL WHERE user_id = 2;
        DELETE FROM hrm_user_company_access WHERE user_id = 2;
        DELETE FROM hrm_users WHERE id = 2;""")
    connection.close()


UNSEEN = """
    UPDATE hrm_users SET full_name = 'Renamed' WHERE id = 3;
    DELETE FROM hrm_user_company_access WHERE user_id = 5;
    INSERT INTO hrm_user_company_access
    SELECT lower(hex(randomblob(16))), 4, id, '2026-11-27', '2026-11-27' FROM hrm_company
    WHERE id NOT IN (SELECT company_id FROM hrm_user_company_access WHERE user_id = 4);"""


def with_unseen_writes(folder):
    """The sample after writes that no trigger saw, although all triggers are there."""
    sample(folder)
    connection = sqlite3.connect(os.path.join(folder, "hrm.db"))
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    connection.executescript(
        "".join(f"DROP TRIGGER {name};" for name, _ in triggers) + UNSEEN
        + "".join(sql + ";" for _, sql in triggers))
    connection.close()


def with_former_holder(folder):
    """The sample after an application used the id of a user again, without foreign keys."""
    sample(folder)
    connection = sqlite3.connect(os.path.join(folder, "hrm.db"))
    connection.executescript("""
        DELETE FROM hrm_employee WHERE user_id = 2;
        DELETE FROM hrm_users WHERE id = 2;
        INSERT INTO hrm_users (id, username, is_active, created_at, modified_at)
        VALUES (2, 'another', 1, '2026-11-27', '2026-11-27');""")
    connection.close()


def many_to_many(folder):
    """The tables of a Django application in which users and companies are a many-to-many field."""
    path = os.path.join(folder, "hrm.db")
    connection = sqlite3.connect(path)
    connection.executescript("""
        CREATE TABLE auth_user (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
          username varchar(150) NOT NULL UNIQUE, is_active bool NOT NULL DEFAULT 1);
        CREATE TABLE firms_company (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
          name varchar(100) NOT NULL UNIQUE);
        CREATE TABLE firms_company_users (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
          company_id bigint NOT NULL REFERENCES firms_company (id) DEFERRABLE INITIALLY DEFERRED,
          user_id integer NOT NULL REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED);
        CREATE UNIQUE INDEX firms_company_users_uniq ON firms_company_users (company_id, user_id);
        INSERT INTO auth_user (username) VALUES ('ann'), ('bob'), ('cid');
        INSERT INTO firms_company (name) VALUES ('North'), ('South'), ('West');
        INSERT INTO firms_company_users (company_id, user_id) VALUES (1, 1), (2, 1), (2, 3);""")
    connection.close()
    os.chmod(path, 0o644)


VERSION_ONE = os.path.join(
    program.ROOT, "Tests", "CompanyAccessTests", "Upkeep", "VersionOne", "version-one.sql")


def version_one(folder, sql=""):
    """A file of version 1 with every kind of change, after further statements.

    No program of that version is left to make one.
    """
    path = os.path.join(folder, "hrm.db")
    connection = sqlite3.connect(path)
    with open(VERSION_ONE, encoding="utf-8") as dump:
        connection.executescript(dump.read())
    connection.executescript(sql)
    connection.close()
    os.chmod(path, 0o644)


DOWNGRADE = ["schema", "downgrade", "--accept-loss"]
UPGRADE = ["schema", "upgrade"]

COMMANDS = [
    Command("grant", ["grant", "h_baker", "NYC", "LA", "--reason", "covers for Ann"]),
    Command("revoke", ["revoke", "john_smith", "--all", "--yes"]),
    Command("bulk-grant", ["bulk-grant", "--yes"]),
    Command(
        "apply", [
            "apply", "--no-administrator", "--edits",
            '[{"action":"revoke","users":{},"companies":["LA"]},'
            '{"action":"grant","users":["h_baker","john_smith"],"companies":{}}]']),
    Command("import", ["import", "--create", "--yes", "{folder}/pairs.csv"], prepare=with_pairs),
    Command(
        "undo", ["undo", "32", "--yes"], prepare=carried_out(["bulk-grant", "--yes"]),
        again=(0, 1)),
    Command("undo --to", ["undo", "--to", "13", "--yes"]),
    Command("backup", ["backup", "{folder}/copy.db"], again=(73,), files=("hrm.db", "copy.db")),
    Command(
        "restore", ["restore", "{folder}/old.db", "--yes"], prepare=carried_out(
            ["backup", "{folder}/old.db"], ["bulk-grant", "--yes"]),
        files=("hrm.db", "old.db")),
    Command("schema downgrade", DOWNGRADE),
    Command("schema upgrade", UPGRADE, prepare=carried_out(DOWNGRADE)),
    Command("schema upgrade, mending", UPGRADE, prepare=with_dropped_trigger),
    Command("schema upgrade, version 1", UPGRADE, prepare=version_one),
    Command("schema pause", ["schema", "pause"]),
    Command(
        "schema reconcile", ["schema", "reconcile"], prepare=with_unseen_writes, completes=True),
    Command("adopt", ["adopt", "--yes"], prepare=many_to_many),
    Command("revoke --former", ["revoke", "--former", "--yes"], prepare=with_former_holder),
    Command(
        "record prune", [
            "record", "prune", "--before", "2026-06-01", "-o", "{folder}/ended.csv", "--reason",
            "older than our rule", "--yes"],
        output="ended.csv"),
    Command(
        "record forget", ["record", "forget", "v_patel", "--yes"], again=(0, 1, 67)),
    Command("record seal", ["record", "seal", "--yes"]),
    Command("policy set", ["policy", "set", "require-ticket", "delete", "--yes"]),
    Command("user delete", ["user", "delete", "john_smith", "--yes"], again=(67,)),
    Command("backfill", ["backfill", "--yes"], prepare=carried_out(DOWNGRADE, UPGRADE), again=(1,)),
]
