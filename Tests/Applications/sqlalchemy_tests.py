"""SQLAlchemy 2 with Alembic: an association table, and an association object with a mark."""

import logging
import os
import re
import shutil
import sys
import unittest
from argparse import Namespace
from datetime import datetime

from managed import Application, Managed
from program import HERE

PROJECT = os.path.join(HERE, "alembic_project")
sys.path.insert(0, PROJECT)

from alembic import command  # noqa: E402
from alembic.config import Config  # noqa: E402
from models import Base, Company, Membership, User  # noqa: E402
from sqlalchemy import create_engine, select  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

users, companies = User.__table__, Company.__table__
logging.getLogger("alembic").setLevel(logging.ERROR)


class ModelApplication(Application):
    def setUp(self):
        super().setUp()
        self.project = os.path.join(self.folder, "project")
        shutil.copytree(PROJECT, self.project, ignore=shutil.ignore_patterns("__pycache__"))

    def make(self, path):
        command.upgrade(self.config(path, PROJECT), "head")
        self.open(path)
        for user in ("ann", "bob", "cyd", "dan"):
            self.add_user(user)
        with Session(self.engine) as session, session.begin():
            session.add_all(
                Company(name=name, code=name[0]) for name in ("Alpha", "Beta", "Gamma"))
        for user in ("ann", "bob", "cyd"):
            self.grant(user, "Alpha")
        self.close()

    def open(self, path):
        self.engine = create_engine(f"sqlite:///{path}")

    def close(self):
        self.engine.dispose()

    def add_user(self, user):
        with Session(self.engine) as session, session.begin():
            session.add(User(username=user, email=f"{user}@example.com"))

    def delete_user(self, user):
        with Session(self.engine) as session, session.begin():
            session.delete(session.scalars(select(User).filter_by(username=user)).one())

    # MARK: Migrations

    def config(self, path, project):
        config = Config(cmd_opts=Namespace(quiet=True))
        config.set_main_option("script_location", project)
        config.set_main_option("path_separator", "os")
        config.set_main_option("sqlalchemy.url", f"sqlite:///{path}")
        return config

    def compared(self):
        """What `alembic revision --autogenerate` proposes: the body of `upgrade`."""
        config = self.config(self.access.path, self.project)
        script = command.revision(config, "compared", autogenerate=True)
        with open(script.path) as file:
            text = file.read()
        os.remove(script.path)
        return text[text.index("def upgrade():"):]

    def follow_the_advice(self):
        """Puts the lines into env.py that adoption has printed."""
        advice = re.search(
            r"^ *(def include_object.*?\n) *(context\.configure\(..., (.*?)\))$",
            self.adoption.errors, re.MULTILINE | re.DOTALL)
        self.assertIsNotNone(advice, self.adoption.errors)
        function, _, argument = advice.groups()
        path = os.path.join(self.project, "env.py")
        with open(path) as file:
            text = file.read()
        with open(path, "w") as file:
            file.write(text.replace("with create", function + "\nwith create", 1).replace(
                "render_as_batch", argument + ", render_as_batch"))

    def grant_by_table(self, user, company):
        """Names the columns that a grant needs: the models have some that were dropped."""
        access = self.mapping["access"]
        row = {
            access["user"]: select(users.c.id).filter_by(username=user).scalar_subquery(),
            access["company"]: select(companies.c.id).filter_by(name=company).scalar_subquery(),
            **access.get("new", {})}
        with self.engine.begin() as connection:
            connection.execute(Base.metadata.tables[access["table"]].insert().values(row))

    def migrate(self, *lines):
        """Makes a revision of these lines, and upgrades to it."""
        config = self.config(self.access.path, self.project)
        script = command.revision(config, "later")
        with open(script.path) as file:
            text = file.read()
        body = "\n    ".join(lines)
        with open(script.path, "w") as file:
            file.write(text.replace("    pass", f"    {body}"))
        try:
            command.upgrade(config, "head")
        except Exception:
            os.remove(script.path)
            raise

    def batch(self, table):
        """Rebuilds a table with a longer column, as `batch_alter_table` does."""
        self.migrate(
            f'with op.batch_alter_table("{table}", recreate="always") as batch:',
            '    batch.alter_column("note", type_=sa.String(200))')


class Migrated:
    """The tests of Alembic that both kinds pass."""

    def tables(self):
        return ("users", "companies", self.mapping["access"]["table"])

    def test_a_comparison_proposes_nothing(self):
        self.follow_the_advice()
        self.assertIn("pass", self.compared())

    def test_a_comparison_without_the_lines_drops_the_record(self):
        proposed = self.compared()
        self.assertIn("op.drop_table('company_access_change')", proposed)
        self.assertNotIn(f"op.drop_table('{self.tables()[2]}')", proposed)

    def test_each_table_is_rebuilt_after_a_pause(self):
        self.follow_the_advice()

        def rebuild():
            for table in self.tables():
                self.batch(table)

        self.paused(rebuild)
        self.assertIn("pass", self.compared())

    def test_each_table_is_rebuilt_without_a_pause(self):
        for table in self.tables():
            with self.subTest(table=table):
                self.unpaused(lambda: self.batch(table))
                self.revoke("dan", "Gamma")

    def test_columns_are_dropped_after_a_pause(self):
        def drop():
            for table in self.tables():
                self.migrate(f'op.drop_column("{table}", "note")')

        self.foreign_grant = self.grant_by_table
        self.paused(drop)

    def test_a_column_that_the_mapping_names_is_dropped(self):
        companies = {**self.mapping["companies"]}
        del companies["code"]
        self.foreign_grant = self.grant_by_table
        self.dropped(
            lambda: self.migrate('op.drop_column("companies", "code")'), "code",
            companies=companies)


MODELS = {
    "users": {"table": "users", "key": "id", "username": "username", "email": "email"},
    "companies": {"table": "companies", "key": "id", "name": "name", "code": "code"},
}


class AssociationTests(ModelApplication, Managed, Migrated, unittest.TestCase):
    mapping = {
        **MODELS,
        "access": {"table": "user_companies", "user": "user_id", "company": "company_id"},
    }

    def companies(self, user):
        with Session(self.engine) as session:
            found = session.scalars(select(User).filter_by(username=user)).first()
            return found and {company.name for company in found.companies}

    def pair(self, session, user, company):
        return (session.scalars(select(User).filter_by(username=user)).one(),
                session.scalars(select(Company).filter_by(name=company)).one())

    def grant(self, user, company):
        with Session(self.engine) as session, session.begin():
            found, one = self.pair(session, user, company)
            found.companies.append(one)

    def revoke(self, user, company):
        with Session(self.engine) as session, session.begin():
            found, one = self.pair(session, user, company)
            one.users.remove(found)


class AssociationObjectTests(ModelApplication, Managed, Migrated, unittest.TestCase):
    mapping = {
        **MODELS,
        "access": {
            "table": "memberships", "user": "user_id", "company": "company_id",
            "created_at": "since", "new": {"role": "reader"},
            "live": {"column": "deleted", "equals": False}, "end": {"deleted": True}},
    }

    def companies(self, user):
        with Session(self.engine) as session:
            found = session.scalars(select(User).filter_by(username=user)).first()
            return found and {
                member.company.name for member in found.memberships if not member.deleted}

    def member(self, session, user, company):
        """The membership of a pair, deleted or not."""
        return session.get(Membership, (
            session.scalars(select(User.id).filter_by(username=user)).one(),
            session.scalars(select(Company.id).filter_by(name=company)).one()))

    def grant(self, user, company):
        with Session(self.engine) as session, session.begin():
            member = self.member(session, user, company)
            if member:
                member.deleted = False
            else:
                session.add(Membership(
                    user_id=session.scalars(select(User.id).filter_by(username=user)).one(),
                    company_id=session.scalars(select(Company.id).filter_by(name=company)).one(),
                    role="writer"))

    def revoke(self, user, company):
        with Session(self.engine) as session, session.begin():
            self.member(session, user, company).deleted = True

    def test_a_new_member_has_the_role_and_the_time(self):
        self.access.run("grant", "bob", "Beta")
        with Session(self.engine) as session:
            member = self.member(session, "bob", "Beta")
            self.assertEqual((member.role, member.deleted), ("reader", False))
            self.assertIsInstance(member.since, datetime)

    def test_who_was_marked_here_comes_back_as_before(self):
        with Session(self.engine) as session:
            before = self.member(session, "bob", "Alpha").since
        self.access.run("revoke", "bob", "Alpha")
        with Session(self.engine) as session:
            self.assertTrue(self.member(session, "bob", "Alpha").deleted)
        self.access.run("undo")
        with Session(self.engine) as session:
            member = self.member(session, "bob", "Alpha")
            self.assertEqual(
                (member.role, member.deleted, member.since), ("writer", False, before))

    def test_another_role_is_no_change_of_access(self):
        first = self.access.newest()
        with Session(self.engine) as session, session.begin():
            self.member(session, "bob", "Alpha").role = "reader"
        self.assertEqual(self.access.since(first), [])

    def test_a_membership_that_is_deleted_for_good_is_revoked(self):
        first = self.access.newest()
        with Session(self.engine) as session, session.begin():
            session.delete(self.member(session, "bob", "Alpha"))
        self.assertEqual(self.access.since(first), [("external", "revoked", "bob", "Alpha")])


if __name__ == "__main__":
    unittest.main(verbosity=1)
