"""Tests with the fixture `access`, on the sample database."""

import sqlite3

import pytest

from company_access import Problem


def test_who_may_enter(access):
    assert access.check("admin", "HQ")
    assert not access.check("a_oconnor", "LA")


def test_grant(access):
    access.grant("a_oconnor", "LA")
    assert access.check("a_oconnor", "LA")


def test_each_test_has_its_own_database(access):
    assert not access.check("a_oconnor", "LA")


def test_revoke(access):
    access.revoke("a_nowak", "HQ")
    assert not access.check("a_nowak", "HQ")


def test_unknown_names_are_errors(access):
    with pytest.raises(Problem, match="no user"):
        access.check("nobody", "HQ")


@pytest.mark.parametrize("company", ["LA", "NYC"])
def test_exactly(access, company):
    access.grant("a_oconnor", company)
    lines = [f"a_oconnor, {company}, yes", f"user a_oconnor: count {len(access.companies('a_oconnor'))}"]
    access.expect(*lines)


def test_failures_are_told(access):
    with pytest.raises(AssertionError, match="line 2: admin, HQ, no: found yes"):
        access.expect("admin, HQ, yes", "admin, HQ, no")


def test_failures_as_data(access):
    assert [one["line"] for one in access.failures("admin, HQ, no", "admin, HQ, yes")] == [1]


def test_unclear_lines_are_errors(access):
    with pytest.raises(Problem, match="nothing was tested"):
        access.expect("admin may enter HQ")


def test_coverage(access):
    access.expect("coverage > 0 %", "coverage < 100 %")


def test_everything_for_everybody(access):
    access.run("bulk-grant", "--yes")
    access.expect("coverage = 100 %", "nobody without access")


def test_isolated(access):
    access.grant("a_oconnor", "LA", "NYC")
    assert access.failures("isolated LA NYC")


def test_what_is_written_holds(access, tmp_path):
    access.run("expect", "--write", tmp_path / "expected.txt")
    lines = (tmp_path / "expected.txt").read_text().splitlines()
    access.expect(*lines)
    access.grant("a_oconnor", "LA")
    assert len(access.failures(*lines)) == 2


def rows(access):
    with sqlite3.connect(access.path) as database:
        return sorted(database.execute("SELECT * FROM hrm_user_company_access"))


def test_snapshot(access):
    before = rows(access)
    access.save("clean")
    access.run("bulk-grant", "--yes")
    access.revoke("a_nowak", "HQ")
    access.go("clean")
    assert rows(access) == before


def test_snapshot_after_the_application_wrote(access):
    access.save("clean")
    before = rows(access)
    with sqlite3.connect(access.path) as database:
        database.execute("DELETE FROM hrm_user_company_access")
    access.go("clean")
    assert rows(access) == before


def test_to_a_later_snapshot_and_back(access):
    access.save("one")
    access.grant("a_oconnor", "LA")
    access.save("two")
    access.go("one")
    assert not access.check("a_oconnor", "LA")
    access.go("two")
    assert access.check("a_oconnor", "LA")


def test_going_back_can_be_undone(access):
    access.save("clean")
    access.grant("a_oconnor", "LA")
    access.run("undo", access.go("clean"), "--yes")
    assert access.check("a_oconnor", "LA")


def test_snapshots_are_listed(access):
    access.save("clean")
    access.grant("a_oconnor", "LA")
    listed = access.read("snapshot", "list")["snapshots"]
    assert [(one["name"], one["later_changes"]) for one in listed] == [("clean", 1)]
    access.run("snapshot", "drop", "clean")
    with pytest.raises(Problem, match="no snapshot"):
        access.go("clean")


def test_an_earlier_state(access):
    access.grant("a_oconnor", "LA")
    assert access.read("expect", "-", "--as-of", "-1d", input="a_oconnor, LA, no\n")["failed"] == 0
