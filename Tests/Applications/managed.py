"""What must hold of every application whose own access table is managed."""

import os
import shutil
import tempfile

from program import Access, Desk

# In memory, because what waits for a disk takes long and shows the same.
SCRATCH = "/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir()


class Application:
    """An application with a database that this program has adopted; a kind says how it does things.

    It has users ann, bob, cyd and dan and companies Alpha, Beta and Gamma. Ann, bob and
    cyd may enter Alpha; ann may enter others, too. `make` makes its database by its own migrations, once; each test has a copy.
    """

    mapping: dict
    # Whether deleting a user also deletes what the user may enter.
    deletes_grants = True

    # What the application does, by its own interface.
    def make(self, path): raise NotImplementedError
    def open(self, path): raise NotImplementedError
    def close(self): raise NotImplementedError
    def companies(self, user): raise NotImplementedError
    def grant(self, user, company): raise NotImplementedError
    def revoke(self, user, company): raise NotImplementedError
    def add_user(self, user): raise NotImplementedError
    def delete_user(self, user): raise NotImplementedError

    # For each kind the file as it was adopted, what it was before, and what adoption said.
    adopted = {}

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="company-access-applications-", dir=SCRATCH)
        self.addCleanup(shutil.rmtree, self.folder)
        self.access = Access(os.path.join(self.folder, "app.db"))
        kind = str(self.mapping["access"])
        if kind not in self.adopted:
            self.make(self.access.path)
            before = self.access.dump()
            adoption = self.access.adopt(self.mapping)
            with open(self.access.path, "rb") as file:
                self.adopted[kind] = (file.read(), before, adoption)
        content, self.before, self.adoption = self.adopted[kind]
        with open(self.access.path, "wb") as file:
            file.write(content)
        self.open(self.access.path)
        self.addCleanup(self.close)

    # MARK: Migrations

    def paused(self, migrate):
        """Pauses, migrates, brings the triggers back, and looks whether the record goes on."""
        self.access.run("schema", "pause")
        refused = self.access.run("grant", "bob", "Beta", status=None)
        self.assertEqual((refused.status, "schema upgrade" in refused.errors), (66, True))
        migrate()
        self.access.run("schema", "upgrade")
        self.goes_on()

    def unpaused(self, migrate):
        """Rebuilds a table with the triggers in place: they are gone, and writing is refused."""
        migrate()
        self.assertTrue(self.access.may_enter("bob", "Alpha"))
        refused = self.access.run("grant", "bob", "Beta", status=None)
        self.assertEqual(refused.status, 66, str(refused))
        self.assertIn('"company-access schema upgrade" mends it', refused.errors)
        self.access.run("schema", "upgrade")
        self.goes_on()

    def dropped(self, drop, column, **changes):
        """Drops a column that the mapping names: refused, then done after a pause."""
        with self.assertRaisesRegex(
                Exception, "error in trigger company_access_.*: no such column"):
            drop()
        self.goes_on_here()
        self.access.run("schema", "pause")
        drop()
        self.described_anew(column, **changes)

    def described_anew(self, column, **changes):
        """Without the column: nothing is read until the mapping says so, too."""
        for words in (["schema", "upgrade"], ["users"]):
            refused = self.access.run(*words, status=66)
            self.assertIn(f"no column '{column}'", refused.errors)
            self.assertIn('say "schema upgrade --mapping FILE"', refused.errors)
        description = self.access.describe({**self.mapping, **changes})
        self.access.run("schema", "upgrade", "--mapping", description)
        self.goes_on()

    def goes_on(self):
        """The next change of each side is on the record, and each sees the other's."""
        self.goes_on_here()
        first = self.access.newest()
        self.foreign_grant("dan", "Gamma")
        self.assertEqual(self.access.since(first), [("external", "granted", "dan", "Gamma")])
        self.assertTrue(self.access.may_enter("dan", "Gamma"))

    def goes_on_here(self):
        self.access.run("schema", "verify")
        self.assertTrue(self.access.may_enter("ann", "Alpha", 1))
        first = self.access.newest()
        self.access.run("grant", "bob", "Beta")
        self.assertEqual(self.access.since(first), [("grant", "granted", "bob", "Beta")])
        self.access.run("undo")

    def foreign_grant(self, user, company):
        """Grants after a migration."""
        self.grant(user, company)


class Managed:
    """The tests that an application of every kind passes."""

    def test_what_is_granted_here_lets_in_there(self):
        self.access.run("grant", "bob", "Beta")
        self.assertEqual(self.companies("bob"), {"Alpha", "Beta"})
        desk = Desk(self.access.path)
        desk.grant("dan", "Gamma")
        desk.leave()
        self.assertEqual(self.companies("dan"), {"Gamma"})
        self.access.run("revoke", "bob", "Alpha")
        self.assertEqual(self.companies("bob"), {"Beta"})
        self.assertIn("Alpha", self.companies("ann"))

    def test_what_is_done_there_is_on_the_record(self):
        first = self.access.newest()
        self.grant("dan", "Beta")
        granted = self.access.newest()
        self.revoke("bob", "Alpha")
        revoked = self.access.newest()
        self.add_user("eve")
        added = self.access.newest()
        self.delete_user("cyd")
        self.assertEqual(self.access.since(first)[:2], [
            ("external", "added", "eve"), ("external", "deleted", "cyd")])
        pairs = self.access.since(first)[2:]
        expected = [("external", "granted", "dan", "Beta"), ("external", "revoked", "bob", "Alpha")]
        if self.deletes_grants:
            expected.append(("external", "revoked", "cyd", "Alpha"))
        self.assertEqual(pairs, expected)
        may = self.access.may_enter
        self.assertEqual([may("dan", "Beta", at) for at in (first, granted)], [False, True])
        self.assertEqual([may("bob", "Alpha", at) for at in (granted, revoked)], [True, False])
        self.assertEqual([may("dan", "Beta"), may("bob", "Alpha")], [True, False])
        self.assertTrue(may("cyd", "Alpha", added))
        self.assertEqual(self.access.users(revoked), {"ann", "bob", "cyd", "dan"})
        self.assertEqual(self.access.users(added), {"ann", "bob", "cyd", "dan", "eve"})
        self.assertEqual(self.access.users(), {"ann", "bob", "dan", "eve"})
        self.access.run("schema", "verify")

    def test_what_is_undone_here_is_so_there(self):
        first = self.access.newest()
        self.access.run("grant", "bob", "Beta")
        self.access.run("undo")
        self.assertEqual(self.companies("bob"), {"Alpha"})
        self.revoke("bob", "Alpha")
        self.access.run("undo", str(self.access.newest()))
        self.assertEqual(self.companies("bob"), {"Alpha"})
        self.grant("dan", "Beta")
        self.access.run("undo", str(self.access.newest()))
        self.assertEqual(self.companies("dan"), set())
        self.revoke("cyd", "Alpha")
        self.grant("dan", "Gamma")
        self.access.run("undo", "--to", str(first), "--yes")
        self.assertEqual([self.companies(user) for user in ("bob", "cyd", "dan")],
                         [{"Alpha"}, {"Alpha"}, set()])

    def test_a_user_who_is_deleted_here_comes_back(self):
        self.access.run("user", "delete", "bob", "--yes")
        self.assertIsNone(self.companies("bob"))
        self.access.run("undo")
        self.assertEqual(self.companies("bob"), {"Alpha"})

    def test_a_downgrade_leaves_the_file_as_it_was(self):
        self.access.run("schema", "downgrade")
        self.assertEqual(self.access.dump(), self.before)

    def test_a_downgrade_later_leaves_what_the_application_has(self):
        self.access.run("revoke", "bob", "Alpha")
        self.access.run("undo")
        self.access.run("schema", "downgrade", "--accept-loss")
        # Rows that were there again may have another place.
        self.assertEqual(sorted(self.access.dump().splitlines()), sorted(self.before.splitlines()))
