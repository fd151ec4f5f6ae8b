/// A scan or a sort that is meant.
struct ExpectedScan: Hashable, Sendable {
  /// What is being done, by the beginning of its name in `QueryPlanWorkload`; empty for everything.
  let work: String
  /// The line of the plan.
  let line: String
  /// Why nothing better is wanted.
  let reason: String

  /// Those of each kind of work.
  static let all = [ExpectedScan](
    [
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
          "SCAN hrm_company USING COVERING INDEX sqlite_autoindex_hrm_company_2",
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
    ].joined())

  private static func meant(_ work: String, _ reason: String, _ lines: [String]) -> [ExpectedScan] {
    lines.map { ExpectedScan(work: work, line: $0, reason: reason) }
  }

  /// Tables that stay small whatever the size of the database, or hold only what a write is about.
  private static let small = [
    "company_access_setting", "company_access_now", "hrm_role", "sqlite_schema", "json_each",
    "pragma_", "temp.", "company_access_staged.",
  ]

  /// The lines of a plan that read a whole table or sort, without those on small tables and on what
  /// the statement itself has made.
  static func costly(_ statement: QueryPlanTests.Planned) -> [String] {
    let lines = statement.plan.map { line in String(line.drop { $0 == " " }) }
    return lines.filter { line in
      if line.hasPrefix("USE TEMP B-TREE") { return true }
      // Virtual tables are those of SQLite: pragmas and lists in JSON.
      guard line.hasPrefix("SCAN "), !line.contains("CONSTANT ROW"), !line.contains("VIRTUAL TABLE")
      else { return false }
      let name = String(line.split(separator: " ")[1])
      return !isMade(name, lines)
        && !tables(of: name, statement.sql).allSatisfy { table in
          isMade(table, lines) || small.contains { table.hasPrefix($0) }
        }
    }
  }

  /// Whether it is the result of a query within the statement.
  private static func isMade(_ name: String, _ lines: [String]) -> Bool {
    lines.contains("CO-ROUTINE \(name)") || lines.contains("MATERIALIZE \(name)")
  }

  /// What an alias stands for; each may be used several times in a statement.
  private static func tables(of name: String, _ sql: String) -> [String] {
    let words = sql.split { " \n(),".contains($0) }
    let tables = words.indices.dropFirst(2)
      .filter { words[$0] == name && words[$0 - 1] == "AS" }.map { String(words[$0 - 2]) }
    return tables.isEmpty ? [name] : tables
  }

  func covers(_ line: String, _ statement: QueryPlanTests.Planned) -> Bool {
    line == self.line && statement.work.hasPrefix(work)
  }
}
