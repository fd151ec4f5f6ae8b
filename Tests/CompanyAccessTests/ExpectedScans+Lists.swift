extension ExpectedScan {
  /// Those of lists, counts and figures, and of what all work shares.
  static let lists = [
    meant(
      "list: with a filter",
      "Users with so many companies are found by counting along the index, once.",
      [
        "SCAN a USING COVERING INDEX sqlite_autoindex_hrm_user_company_access_2",
        "SCAN rg",
        "SCAN rg USING COVERING INDEX ix_company_access_ended_grant_user",
        "USE TEMP B-TREE FOR GROUP BY",
      ]),
    meant(
      "count: with a filter",
      "Users with so many companies are found by counting along the index, once.",
      [
        "SCAN a USING COVERING INDEX sqlite_autoindex_hrm_user_company_access_2",
        "SCAN rg",
        "SCAN rg USING COVERING INDEX ix_company_access_ended_grant_user",
        "USE TEMP B-TREE FOR GROUP BY",
      ]),
    meant(
      "",
      "The index holds only those who are not there; they are few.",
      [
        "SCAN o USING INDEX ix_company_access_user_lifetime_absent",
        "SCAN o USING INDEX ix_company_access_company_lifetime_absent",
      ]),
    meant(
      "look-alikes",
      "Names that look alike have nothing in common that an index would know; 50,000 are read at most.",
      [
        "SCAN hrm_users USING COVERING INDEX sqlite_autoindex_hrm_users_1",
        "SCAN hrm_company",
        "SCAN hrm_company USING COVERING INDEX sqlite_autoindex_hrm_company_3",
      ]),
    meant(
      "why",
      "The grants of one pair are told in the order of time.",
      [
        "USE TEMP B-TREE FOR ORDER BY"
      ]),
    meant(
      "why",
      "What a change did to users and companies is put together from the lifetimes that it touched.",
      [
        "USE TEMP B-TREE FOR DISTINCT",
        "USE TEMP B-TREE FOR GROUP BY",
      ]),
    meant(
      "list: by an index",
      "Former names come in the order of their index, beside those that stand, and the page ends the scan.",
      [
        "SCAN f USING INDEX ix_company_access_former_user_name",
        "SCAN f USING INDEX ix_company_access_former_company_name",
      ]),
    meant(
      "list: by an index",
      "The rows come in the order of the index, and the page ends the scan.",
      [
        "SCAN l",
        "SCAN l USING INDEX sqlite_autoindex_hrm_company_2",
        "SCAN l USING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "list: by an index",
      "A page is put in order once more when its details are added.",
      [
        "USE TEMP B-TREE FOR ORDER BY"
      ]),
    meant(
      "list: by the number of companies",
      "One pass over the grants gives all numbers; one by one takes longer.",
      [
        "SCAN l",
        "SCAN a USING COVERING INDEX sqlite_autoindex_hrm_user_company_access_2",
      ]),
    meant(
      "list: by the number of companies",
      "Of all numbers only those of the page are kept.",
      [
        "USE TEMP B-TREE FOR ORDER BY"
      ]),
    meant(
      "list: by the number of companies",
      "Of the past, the numbers of both tables of grants are put together.",
      [
        "USE TEMP B-TREE FOR GROUP BY"
      ]),
    meant(
      "list: by what has no index",
      "Without an index for the order, the table is read once.",
      [
        "SCAN l"
      ]),
    meant(
      "list: by what has no index",
      "Of the sorted rows only those of the page are kept.",
      [
        "USE TEMP B-TREE FOR ORDER BY"
      ]),
    meant(
      "list: of a company or user",
      "Former names come in the order of their index, beside those that stand, and the page ends the scan.",
      [
        "SCAN f USING INDEX ix_company_access_former_user_name",
        "SCAN f USING INDEX ix_company_access_former_company_name",
      ]),
    meant(
      "list: of a company or user",
      "Where many rows belong to the list, those near the place are found along the order; else all are looked at.",
      [
        "SCAN l",
        "SCAN l USING INDEX sqlite_autoindex_hrm_company_2",
        "SCAN l USING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "list: of a company or user",
      "A page is put in order once more when its details are added.",
      [
        "USE TEMP B-TREE FOR ORDER BY"
      ]),
    meant(
      "list: with a filter",
      "Former names come in the order of their index, beside those that stand, and the page ends the scan.",
      [
        "SCAN f USING INDEX ix_company_access_former_user_name",
        "SCAN f USING INDEX ix_company_access_former_company_name",
      ]),
    meant(
      "list: with a filter",
      "Rows that match are found near the place, along the order, or else by reading the table once.",
      [
        "SCAN l",
        "SCAN l USING COVERING INDEX sqlite_autoindex_hrm_company_3",
        "SCAN l USING COVERING INDEX sqlite_autoindex_hrm_users_1",
        "SCAN l USING INDEX sqlite_autoindex_hrm_company_2",
        "SCAN l USING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "list: with a filter",
      "A page is put in order once more when its details are added.",
      [
        "USE TEMP B-TREE FOR ORDER BY"
      ]),
    meant(
      "list: by an index",
      "At a moment the rows come in the order of the index of the lifetimes, and the page ends the scan.",
      [
        "SCAN o USING INDEX ix_company_access_user_lifetime_name",
        "SCAN o USING INDEX ix_company_access_company_lifetime_name",
        "SCAN o USING INDEX ix_company_access_user_lifetime_key",
      ]),
    meant(
      "list: ",
      "Rows of one name, or lifetimes of one id, are put in order.",
      [
        "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"
      ]),
    meant(
      "list: by the number of companies",
      "At a moment one pass over the grants, standing and ended, gives all numbers.",
      [
        "SCAN rg",
        "SCAN rg USING COVERING INDEX ix_company_access_ended_grant_user",
      ]),
    meant(
      "list: by the number of companies",
      "Those with no company at a moment are found among all.",
      [
        "SCAN o",
        "SCAN o USING INDEX ix_company_access_user_lifetime_key",
      ]),
    meant(
      "list: by what has no index",
      "Without an index for the order, the lifetimes are read once.",
      [
        "SCAN o"
      ]),
    meant(
      "list: of a company or user",
      "At a moment the rows come along the order, or else all lifetimes are looked at.",
      [
        "SCAN o",
        "SCAN o USING INDEX ix_company_access_user_lifetime_name",
        "SCAN o USING INDEX ix_company_access_company_lifetime_name",
      ]),
    meant(
      "list: with a filter",
      "At a moment the rows that match are found along the order, or else by reading the lifetimes once.",
      [
        "SCAN o",
        "SCAN o USING INDEX ix_company_access_user_lifetime_name",
        "SCAN o USING INDEX ix_company_access_company_lifetime_name",
      ]),
    meant(
      "count: ",
      "SQLite counts a whole table by the pages of its smallest index.",
      [
        "SCAN hrm_company USING COVERING INDEX sqlite_autoindex_hrm_company_3",
        "SCAN hrm_users USING COVERING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "count: ",
      "What no index knows is found by reading all rows: when they came, part of a name, what they lack.",
      [
        "SCAN l"
      ]),
    meant(
      "count: ",
      "Who is there at a moment is counted by an index of the lifetimes, less those who came later.",
      [
        "SCAN company_access_user_lifetime USING COVERING INDEX ix_company_access_user_lifetime_began",
        "SCAN company_access_company_lifetime USING COVERING INDEX ix_company_access_company_lifetime_began",
      ]),
    meant(
      "count: ",
      "What no index knows is found by reading all lifetimes.",
      [
        "SCAN o"
      ]),
    meant(
      "coverage",
      "SQLite counts a whole table by the pages of its smallest index.",
      [
        "SCAN hrm_company USING COVERING INDEX sqlite_autoindex_hrm_company_3",
        "SCAN hrm_users USING COVERING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "coverage",
      "Who is there at a moment is counted by an index of the lifetimes, less those who came later.",
      [
        "SCAN company_access_user_lifetime USING COVERING INDEX ix_company_access_user_lifetime_began",
        "SCAN company_access_company_lifetime USING COVERING INDEX ix_company_access_company_lifetime_began",
      ]),
    meant(
      "coverage",
      "SQLite counts a whole table by the pages of its smallest index.",
      [
        "SCAN hrm_user_company_access USING COVERING INDEX sqlite_autoindex_hrm_user_company_access_1",
        "SCAN company_access_current_grant",
      ]),
    meant(
      "statistics",
      "Two passes over the grants give every figure.",
      [
        "SCAN a USING COVERING INDEX sqlite_autoindex_hrm_user_company_access_2",
        "SCAN a USING COVERING INDEX ix_hrm_user_company_access_company",
      ]),
    meant(
      "statistics",
      "SQLite counts a whole table by the pages of its smallest index.",
      [
        "SCAN hrm_company USING COVERING INDEX sqlite_autoindex_hrm_company_3",
        "SCAN hrm_users USING COVERING INDEX sqlite_autoindex_hrm_users_1",
      ]),
    meant(
      "statistics",
      "Inactive users, and companies without users, are looked for among all.",
      [
        "SCAN l"
      ]),
    meant(
      "statistics",
      "Of the past, the numbers of both tables of grants are put together.",
      [
        "USE TEMP B-TREE FOR GROUP BY"
      ]),
    meant(
      "statistics",
      "Of all companies only the ten largest are kept.",
      [
        "USE TEMP B-TREE FOR ORDER BY"
      ]),
    meant(
      "statistics",
      "Who is there at a moment is counted by an index of the lifetimes, less those who came later.",
      [
        "SCAN company_access_user_lifetime USING COVERING INDEX ix_company_access_user_lifetime_began",
        "SCAN company_access_company_lifetime USING COVERING INDEX ix_company_access_company_lifetime_began",
      ]),
    meant(
      "statistics",
      "At a moment a pass over the grants, standing and ended, gives every figure.",
      [
        "SCAN rg",
        "SCAN rg USING COVERING INDEX ix_company_access_current_grant_company",
        "SCAN rg USING COVERING INDEX ix_company_access_ended_grant_company",
        "SCAN rg USING COVERING INDEX ix_company_access_ended_grant_user",
      ]),
    meant(
      "statistics",
      "Inactive users, and companies without users, are looked for among all lifetimes of a moment.",
      [
        "SCAN o"
      ]),
  ].joined()
}
