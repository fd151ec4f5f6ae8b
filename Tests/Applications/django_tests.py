"""Django 5.2: a plain many-to-many field, and django-organizations 2.7."""

import copy
import os
import shutil
import subprocess
import sys
import unittest

from managed import Application, Managed
from program import HERE

PROJECT = os.path.join(HERE, "django_project")
sys.path.insert(0, PROJECT)
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.db.migrations import AlterField, Migration, RemoveField  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402
from django.utils import timezone  # noqa: E402
from firms.models import Company  # noqa: E402
from organizations.models import Organization, OrganizationUser  # noqa: E402
from organizations.utils import create_organization  # noqa: E402


class DjangoApplication(Application):
    def make(self, path):
        self.open(path)
        call_command("migrate", verbosity=0)
        for user in ("ann", "bob", "cyd", "dan"):
            self.add_user(user)
        self.make_companies()
        self.close()

    def open(self, path):
        connection.close()
        connection.settings_dict["NAME"] = path

    def close(self):
        connection.close()

    def add_user(self, user):
        User.objects.create_user(user, f"{user}@example.com", "secret", first_name=user.title())

    def delete_user(self, user):
        User.objects.get(username=user).delete()

    def foreign_grant(self, user, company):
        """Asks for keys alone, because a migration may have taken other columns away."""
        self.add(User.objects.filter(username=user).values_list("id", flat=True).get(), company)

    def operate(self, app, *operations):
        """Carries out a migration with these operations."""
        migration = Migration("later", app)
        migration.operations = operations
        with connection.schema_editor() as editor:
            migration.apply(MigrationLoader(connection).project_state(), editor)

    def columns(self, table):
        return {row[0] for row in self.access.ask(f"SELECT name FROM pragma_table_info('{table}')")}


class Firms(DjangoApplication):
    """A model `Company` with a many-to-many field `users`."""

    mapping = {
        "users": {
            "table": "auth_user", "key": "id", "username": "username", "email": "email",
            "full_name": ["first_name", "last_name"], "active": "is_active"},
        "companies": {"table": "firms_company", "key": "id", "name": "name", "code": "code"},
        "access": {
            "table": "firms_company_users", "user": "user_id", "company": "company_id",
            "key": "id"},
    }

    def make_companies(self):
        for name in ("Alpha", "Beta", "Gamma"):
            Company.objects.create(name=name, code=name[0])
        for user in ("ann", "bob", "cyd"):
            self.grant(user, "Alpha")

    def companies(self, user):
        found = User.objects.filter(username=user).first()
        names = found and {company.name for company in found.companies.all()}
        for company in Company.objects.all() if found else []:
            assert (found in company.users.all()) == (company.name in names)
        return names

    def grant(self, user, company):
        Company.objects.get(name=company).users.add(User.objects.get(username=user))

    def add(self, user_id, company):
        identity = Company.objects.values_list("id", flat=True).get(name=company)
        Company.users.through.objects.create(user_id=user_id, company_id=identity)

    def revoke(self, user, company):
        Company.objects.get(name=company).users.remove(User.objects.get(username=user))


class ManyToManyTests(Firms, Managed, unittest.TestCase):
    def rebuild_users(self):
        self.operate("auth", AlterField("user", "email", models.EmailField(max_length=320)))

    def rebuild_companies(self):
        self.operate("firms", AlterField("company", "code", models.CharField(max_length=40)))

    def rebuild_access(self):
        old = Company.users.through._meta.get_field("user")
        new = copy.copy(old)
        new.db_index = False
        with connection.schema_editor() as editor:
            editor.alter_field(Company.users.through, old, new)

    def test_each_table_is_rebuilt_after_a_pause(self):
        def rebuild():
            self.rebuild_users()
            self.rebuild_companies()
            self.rebuild_access()

        self.paused(rebuild)

    def test_users_are_rebuilt_without_a_pause(self):
        self.unpaused(self.rebuild_users)

    def test_companies_are_rebuilt_without_a_pause(self):
        self.unpaused(self.rebuild_companies)

    def test_the_access_table_is_rebuilt_without_a_pause(self):
        self.unpaused(self.rebuild_access)

    def test_a_column_that_the_mapping_names_is_dropped(self):
        self.dropped(
            lambda: self.operate("auth", RemoveField("user", "first_name")), "first_name",
            users={**self.mapping["users"], "full_name": "last_name"})


class OrganizationTests(DjangoApplication, Managed, unittest.TestCase):
    mapping = {
        "users": {
            "table": "auth_user", "key": "id", "username": "username", "active": "is_active"},
        "companies": {
            "table": "organizations_organization", "key": "id", "name": "name",
            "active": "is_active"},
        "access": {
            "table": "organizations_organizationuser", "user": "user_id",
            "company": "organization_id", "key": "id", "created_at": "created",
            "modified_at": "modified", "new": {"is_admin": False}},
    }

    def make_companies(self):
        owner = User.objects.get(username="ann")
        for name in ("Alpha", "Beta", "Gamma"):
            create_organization(owner, name)
        for user in ("bob", "cyd"):
            self.grant(user, "Alpha")

    def companies(self, user):
        found = User.objects.filter(username=user).first()
        if not found:
            return None
        return {company.name for company in Organization.objects.all() if company.is_member(found)}

    def grant(self, user, company):
        Organization.objects.get(name=company).add_user(User.objects.get(username=user))

    def add(self, user_id, company):
        identity = Organization.objects.values_list("id", flat=True).get(name=company)
        OrganizationUser.objects.create(user_id=user_id, organization_id=identity)

    def revoke(self, user, company):
        Organization.objects.get(name=company).remove_user(User.objects.get(username=user))

    def test_a_new_member_is_no_administrator(self):
        self.access.run("grant", "bob", "Beta")
        bob, beta = User.objects.get(username="bob"), Organization.objects.get(name="Beta")
        self.assertFalse(beta.is_admin(bob))
        self.assertLess(beta.organization_users.get(user=bob).created, timezone.now())

    def test_an_administrator_comes_back_as_one(self):
        bob, alpha = User.objects.get(username="bob"), Organization.objects.get(name="Alpha")
        alpha.organization_users.filter(user=bob).update(is_admin=True)
        before = alpha.organization_users.filter(user=bob).values().get()
        self.access.run("revoke", "bob", "Alpha")
        self.access.run("undo")
        self.assertEqual(alpha.organization_users.filter(user=bob).values().get(), before)

    def test_the_owner_of_an_organization_stays(self):
        """The application's own table of owners refers to the member."""
        refused = self.access.run("revoke", "ann", "Alpha", status=77)
        self.assertIn("FOREIGN KEY constraint failed", refused.errors)
        self.assertIn("Alpha", self.companies("ann"))

    def rebuild(self):
        self.operate("auth", AlterField("user", "email", models.EmailField(max_length=320)))
        self.operate(
            "organizations",
            AlterField("organization", "name", models.CharField(max_length=300)),
            AlterField("organizationuser", "is_admin", models.BooleanField(null=True)))

    def test_each_table_is_rebuilt_after_a_pause(self):
        self.paused(self.rebuild)

    def test_each_table_is_rebuilt_without_a_pause(self):
        self.unpaused(self.rebuild)

    def test_a_column_that_the_mapping_names_is_dropped(self):
        companies = {**self.mapping["companies"]}
        del companies["active"]
        self.dropped(
            lambda: self.operate("organizations", RemoveField("organization", "is_active")),
            "is_active", companies=companies)


class ProjectTests(Firms, unittest.TestCase):
    """The developers go on: they edit the models, and say makemigrations and migrate."""

    def setUp(self):
        super().setUp()
        self.project = os.path.join(self.folder, "project")
        shutil.copytree(PROJECT, self.project, ignore=shutil.ignore_patterns("__pycache__"))

    def manage(self, *words, status=0):
        done = subprocess.run(
            [sys.executable, "-B", "manage.py", *words], cwd=self.project, capture_output=True,
            text=True, env={**os.environ, "APPLICATION_DATABASE": self.access.path})
        assert done.returncode == status, done.stdout + done.stderr
        return done.stderr

    def migrate(self, old, new, status=0):
        """Replaces a text in the models, and brings the database to what they say then."""
        path = os.path.join(self.project, "firms", "models.py")
        with open(path) as file:
            text = file.read()
        assert old in text
        with open(path, "w") as file:
            file.write(text.replace(old, new))
        self.manage("makemigrations", "firms")
        return self.manage("migrate", "--verbosity", "0", status=status)

    def alter_and_remove(self):
        self.migrate("max_length=20, blank=True)\n    note = models.TextField(blank=True)",
                     "max_length=40, blank=True)")
        self.assertEqual(self.columns("firms_company"), {"id", "name", "code"})

    def foreign_grant(self, user, company):
        """By the models as they are now."""
        self.manage("shell", "--verbosity", "0", "--command", f"""
from django.contrib.auth.models import User
from firms.models import Company
Company.objects.get(name={company!r}).users.add(User.objects.get(username={user!r}))
""")

    def test_fields_are_altered_and_removed_after_a_pause(self):
        self.paused(self.alter_and_remove)

    def test_fields_are_altered_and_removed_without_a_pause(self):
        self.unpaused(self.alter_and_remove)

    def test_a_field_that_the_mapping_names_is_removed(self):
        code = "    code = models.CharField(max_length=20, blank=True)\n"
        error = self.migrate(code, "", status=1)
        self.assertRegex(error, "error in trigger company_access_.*: no such column")
        self.goes_on_here()
        companies = {**self.mapping["companies"]}
        del companies["code"]
        self.access.run("schema", "pause")
        self.manage("migrate", "--verbosity", "0")
        self.described_anew("code", companies=companies)


if __name__ == "__main__":
    unittest.main(verbosity=1)
