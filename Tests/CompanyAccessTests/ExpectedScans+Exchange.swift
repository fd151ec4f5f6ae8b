extension ExpectedScan {
  /// Those of files that are compared with the tables.
  static let exchange = [
    meant(
      "snapshot",
      "The schema and the few snapshots are put in order.",
      [
        "USE TEMP B-TREE FOR ORDER BY"
      ]),
    meant(
      "policy",
      "The figures of the whole table are counted by indexes, and late changes are looked for among all.",
      [
        "SCAN hrm_company USING COVERING INDEX sqlite_autoindex_hrm_company_3",
        "SCAN hrm_users USING COVERING INDEX sqlite_autoindex_hrm_users_1",
        "SCAN hrm_user_company_access USING COVERING INDEX sqlite_autoindex_hrm_user_company_access_1",
        "SCAN x",
        "USE TEMP B-TREE FOR ORDER BY",
      ]),
    meant(
      "leaks",
      "Every row of a table of the application is looked at; those outside are counted pair by pair.",
      [
        "SCAN t",
        "SCAN hrm_employee USING COVERING INDEX sqlite_autoindex_hrm_employee_2",
        "USE TEMP B-TREE FOR GROUP BY",
        "USE TEMP B-TREE FOR ORDER BY",
      ]),
    meant(
      "report",
      "The rows outside of the grants are looked for among all.",
      [
        "SCAN t",
        "SCAN hrm_employee USING COVERING INDEX sqlite_autoindex_hrm_employee_2",
      ]),
    meant(
      "leavers",
      "Every user is compared with the file, in the order of usernames; the schema is put in order.",
      [
        "USE TEMP B-TREE FOR ORDER BY",
        "SCAN l USING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "expect",
      "A file of expectations names what holds of every user and company, in the order of names.",
      [
        "SCAN l",
        "SCAN l USING INDEX sqlite_autoindex_hrm_company_2",
        "SCAN l USING COVERING INDEX sqlite_autoindex_hrm_users_1",
        "SCAN o",
        "SCAN o USING INDEX ix_company_access_company_lifetime_name",
        "SCAN o USING INDEX ix_company_access_user_lifetime_name",
        "SCAN f USING INDEX ix_company_access_former_company_name",
        "SCAN f USING INDEX ix_company_access_former_user_name",
        "USE TEMP B-TREE FOR ORDER BY",
        "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
      ]),
    meant(
      "expect",
      "A name that several have is looked for among all.",
      [
        "SCAN t",
        "SCAN t USING COVERING INDEX sqlite_autoindex_hrm_users_1",
        "USE TEMP B-TREE FOR GROUP BY",
        "USE TEMP B-TREE FOR count(DISTINCT)",
      ]),
    meant(
      "expect",
      "The share of all pairs is counted by indexes.",
      [
        "SCAN hrm_users USING COVERING INDEX sqlite_autoindex_hrm_users_1",
        "SCAN hrm_company USING COVERING INDEX sqlite_autoindex_hrm_company_3",
        "SCAN hrm_user_company_access USING COVERING INDEX sqlite_autoindex_hrm_user_company_access_1",
        "SCAN company_access_user_lifetime USING COVERING INDEX ix_company_access_user_lifetime_began",
        "SCAN company_access_company_lifetime USING COVERING INDEX ix_company_access_company_lifetime_began",
        "SCAN company_access_current_grant",
      ]),
    meant(
      "expect",
      "What failed is a table of its own, which is read from end to end.",
      [
        "SCAN company_access_failed_expectation"
      ]),
  ].joined()
}
