extension ExpectedScan {
  /// Those of changes, the record, files and reports.
  static let changes = [
    meant(
      "suggestion",
      "Of a table at most 100,001 rows are counted, and the values of at most 1,000 looked at.",
      [
        "SCAN hrm_company",
        "SCAN hrm_company USING COVERING INDEX sqlite_autoindex_hrm_company_3",
        "SCAN hrm_employee USING COVERING INDEX sqlite_autoindex_hrm_employee_2",
        "SCAN hrm_user_company_access USING COVERING INDEX ix_hrm_user_company_access_company",
        "SCAN hrm_users",
        "SCAN hrm_users USING COVERING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "suggestion",
      "The schema is small beside its rows, and of a table at most 1,000 values are sorted.",
      [
        "USE TEMP B-TREE FOR GROUP BY",
        "USE TEMP B-TREE FOR ORDER BY",
      ]),
    meant(
      "log",
      "Of how many users and companies a change is, is counted for at most 250 pairs.",
      ["USE TEMP B-TREE FOR count(DISTINCT)"]),
    meant(
      "why",
      "Of how many users and companies a change is, is counted for at most 250 pairs.",
      ["USE TEMP B-TREE FOR count(DISTINCT)"]),
    meant(
      "plan | edits of pairs",
      "Each of the pairs that are edited is written down, and so each user or company picked is read; of "
        + "those who change something the distinct ones are counted.",
      [
        "SCAN l USING COVERING INDEX sqlite_autoindex_hrm_company_1",
        "USE TEMP B-TREE FOR count(DISTINCT)",
        "USE TEMP B-TREE FOR DISTINCT",
      ]),
    meant(
      "grid",
      "The same, before it is planned.",
      [
        "SCAN l USING COVERING INDEX sqlite_autoindex_hrm_company_1",
        "SCAN l USING COVERING INDEX sqlite_autoindex_hrm_users_1",
        "USE TEMP B-TREE FOR GROUP BY",
      ]),
    meant(
      "plan",
      "SQLite counts a whole table by the pages of its smallest index.",
      [
        "SCAN hrm_company USING COVERING INDEX sqlite_autoindex_hrm_company_3",
        "SCAN hrm_users USING COVERING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "plan",
      "The plan is about all users or companies, or names those left with none in the order of the index.",
      [
        "SCAN l",
        "SCAN l USING COVERING INDEX sqlite_autoindex_hrm_users_1",
        "SCAN l USING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "plan",
      "Who would be left with none is counted among those who lose something.",
      [
        "USE TEMP B-TREE FOR GROUP BY"
      ]),
    meant(
      "plan",
      "Of those who are concerned only the first are named.",
      [
        "USE TEMP B-TREE FOR ORDER BY",
        "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
      ]),
    meant(
      "plan",
      "Names that look alike are found by folding all; of more than 50,000 it is not tried.",
      [
        "SCAN hrm_users",
        "SCAN hrm_company USING INDEX sqlite_autoindex_hrm_company_1",
      ]),
    meant(
      "plan",
      "Of users whose role lets them enter everything, the first that lacks a company ends it.",
      [
        "SCAN u",
        "SCAN c",
      ]),
    meant(
      "plan",
      "SQLite counts a whole table by the pages of its smallest index.",
      [
        "SCAN hrm_user_company_access USING COVERING INDEX sqlite_autoindex_hrm_user_company_access_1"
      ]),
    meant(
      "plan",
      "The pairs of all users come in the order of the index; the first are named and end the scan.",
      [
        "SCAN a USING COVERING INDEX ix_hrm_user_company_access_company"
      ]),
    meant(
      "apply",
      "The plan is made again, and SQLite counts a whole table by the pages of its smallest index.",
      [
        "SCAN hrm_company USING COVERING INDEX sqlite_autoindex_hrm_company_3",
        "SCAN hrm_users USING COVERING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "apply",
      "All users or companies are picked, and written down before anything is changed.",
      [
        "SCAN l USING COVERING INDEX sqlite_autoindex_hrm_company_1",
        "SCAN l USING COVERING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "apply",
      "What is put back is sorted in parts, so that the index grows in order.",
      [
        "USE TEMP B-TREE FOR ORDER BY"
      ]),
    meant(
      "apply",
      "The plan is made again, and SQLite counts a whole table by the pages of its smallest index.",
      [
        "SCAN hrm_user_company_access USING COVERING INDEX sqlite_autoindex_hrm_user_company_access_1"
      ]),
    meant(
      "apply",
      "The pairs of all users come in the order of the index; the first are named and end the scan.",
      [
        "SCAN a USING COVERING INDEX ix_hrm_user_company_access_company"
      ]),
    meant(
      "names",
      "Names that are like a wrong one are looked for among the first of all.",
      [
        "SCAN t USING COVERING INDEX sqlite_autoindex_hrm_company_2",
        "USE TEMP B-TREE FOR ORDER BY",
      ]),
    meant(
      "names",
      "Companies of a moment are few.",
      [
        "SCAN o USING INDEX ix_company_access_company_lifetime_key"
      ]),
    meant(
      "log",
      "The pairs of a change are told in the order of names, a user after the other.",
      [
        "USE TEMP B-TREE FOR ORDER BY"
      ]),
    meant(
      "log",
      "The log is read from its end, and the page ends the scan; who made changes is asked for names to offer.",
      [
        "SCAN company_access_change",
        "SCAN x",
      ]),
    meant(
      "log",
      "The makers of all changes are few.",
      [
        "USE TEMP B-TREE FOR DISTINCT"
      ]),
    meant(
      "log",
      "What a change did to users and companies is put together from the lifetimes that it touched.",
      [
        "USE TEMP B-TREE FOR GROUP BY"
      ]),
    meant(
      "deleted",
      "The rows that the record has under one name are few.",
      [
        "USE TEMP B-TREE FOR ORDER BY"
      ]),
    meant(
      "diff",
      "A file is compared with the whole table.",
      [
        "SCAN a USING COVERING INDEX ix_hrm_user_company_access_company"
      ]),
    meant(
      "diff",
      "What differs is put together by pairs and told in the order of names.",
      [
        "USE TEMP B-TREE FOR GROUP BY",
        "USE TEMP B-TREE FOR ORDER BY",
      ]),
    meant(
      "export",
      "Everything of a moment is written in the order of names.",
      [
        "SCAN f USING INDEX ix_company_access_former_user_name",
        "SCAN f USING INDEX ix_company_access_former_company_name",
      ]),
    meant(
      "export",
      "Everything is written.",
      [
        "SCAN l",
        "SCAN l USING COVERING INDEX sqlite_autoindex_hrm_users_1",
        "SCAN l USING INDEX sqlite_autoindex_hrm_company_2",
        "SCAN l USING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "export",
      "What several users or companies are called is looked for among all names first.",
      [
        "SCAN t",
        "SCAN t USING COVERING INDEX sqlite_autoindex_hrm_users_1",
        "USE TEMP B-TREE FOR GROUP BY",
        "USE TEMP B-TREE FOR count(DISTINCT)",
      ]),
    meant(
      "export",
      "Within a user, companies are told in the order of names.",
      [
        "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"
      ]),
    meant(
      "export",
      "Everything of a moment is written.",
      [
        "SCAN o",
        "SCAN rg USING COVERING INDEX ix_company_access_current_grant_began",
        "SCAN o USING INDEX ix_company_access_user_lifetime_name",
        "SCAN o USING INDEX ix_company_access_company_lifetime_name",
      ]),
    meant(
      "import",
      "SQLite counts a whole table by the pages of its smallest index.",
      [
        "SCAN hrm_company USING COVERING INDEX sqlite_autoindex_hrm_company_3",
        "SCAN hrm_users USING COVERING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "import",
      "All that the file does not name goes; every name of the file is looked up.",
      [
        "SCAN a USING COVERING INDEX ix_hrm_user_company_access_company",
        "SCAN l",
        "SCAN user USING COVERING INDEX user_id",
        "SCAN company USING COVERING INDEX company_id",
      ]),
    meant(
      "import",
      "Pairs come in the order of the index; of those who are concerned only the first are named.",
      [
        "USE TEMP B-TREE FOR GROUP BY",
        "USE TEMP B-TREE FOR ORDER BY",
      ]),
    meant(
      "import",
      "Of users whose role lets them enter everything, the first that lacks a company ends it.",
      [
        "SCAN u",
        "SCAN c",
        "SCAN hrm_user_company_access USING COVERING INDEX ix_hrm_user_company_access_company",
      ]),
    meant(
      "import",
      "SQLite counts a whole table by the pages of its smallest index.",
      [
        "SCAN hrm_user_company_access USING COVERING INDEX sqlite_autoindex_hrm_user_company_access_1"
      ]),
    meant(
      "prune",
      "The changes are read from the end, and the last one before the time ends the scan.",
      [
        "SCAN company_access_change"
      ]),
    meant(
      "report",
      "Everything of a moment is written in the order of names.",
      [
        "SCAN f USING INDEX ix_company_access_former_user_name",
        "SCAN f USING INDEX ix_company_access_former_company_name",
      ]),
    meant(
      "report",
      "A report holds everything.",
      [
        "SCAN a USING COVERING INDEX ix_hrm_user_company_access_company"
      ]),
    meant(
      "report",
      "A report is in the order of names.",
      [
        "USE TEMP B-TREE FOR GROUP BY",
        "USE TEMP B-TREE FOR ORDER BY",
        "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
      ]),
    meant(
      "report",
      "Opening and closing figures are counted by indexes of the lifetimes and the grants.",
      [
        "SCAN company_access_user_lifetime USING COVERING INDEX ix_company_access_user_lifetime_began",
        "SCAN company_access_company_lifetime USING COVERING INDEX ix_company_access_company_lifetime_began",
        "SCAN company_access_current_grant",
        "SCAN g USING COVERING INDEX ix_company_access_current_grant_began",
      ]),
    meant(
      "report",
      "The tables are compared with the record.",
      [
        "SCAN l USING INDEX ix_company_access_user_lifetime_open",
        "SCAN l USING INDEX ix_company_access_company_lifetime_open",
        "SCAN t USING COVERING INDEX sqlite_autoindex_hrm_users_1",
        "SCAN t USING COVERING INDEX sqlite_autoindex_hrm_company_1",
      ]),
    meant(
      "report",
      "A report holds everything of its period.",
      [
        "SCAN o",
        "SCAN rg",
        "SCAN rg USING COVERING INDEX ix_company_access_current_grant_company",
        "SCAN rg USING COVERING INDEX ix_company_access_ended_grant_company",
        "SCAN rg USING COVERING INDEX ix_company_access_ended_grant_user",
        "SCAN o USING INDEX ix_company_access_user_lifetime_name",
        "SCAN o USING INDEX ix_company_access_company_lifetime_name",
      ]),
    meant(
      "report",
      "The log is read from its end, and the change that is wanted ends the scan.",
      [
        "SCAN x"
      ]),
    meant(
      "report",
      "A pair that moved several times is told once.",
      [
        "USE TEMP B-TREE FOR DISTINCT"
      ]),
  ].joined()
}
