extension SchemaProblem: CustomStringConvertible {
  /// Where the problem is and the way out, as a sentence without its full stop.
  public var description: String {
    switch self {
    case .unknownMapping:
      "its tables are of no application that is known; --mapping FILE says where users and companies "
        + "are, and \"adopt --suggest\" makes such a file"
    case .newerVersion(let version):
      "a newer version of this program made its tables (version \(version), this one knows "
        + "\(SchemaStatus.newest)); use that one"
    case .olderVersion(let version):
      "an earlier version of this program made its tables (version \(version), this one works on "
        + "\(SchemaStatus.newest)); \"schema upgrade\" brings them over"
    case .noVersion:
      "it has tables of the record, but \(SchemaSetting.table) does not say of which version; "
        + "restore a backup"
    case .unfinishedMigration(let table):
      "another program's migration has stopped half-way and left the table \(table); finish that "
        + "migration, or drop the table"
    case .nameTaken(let kind, let name):
      "the \(kind) \(name) stands where an object of the record has to be; rename or drop it"
    case .edited(let table):
      "the table \(table) was changed by hand; restore a backup, or give it back its columns"
    case .missingColumn(let table, let column):
      "the table \(table) has no column \(column); let the application add it, or rename the table"
    case .wrongColumn(let table, let column, let expected):
      "the column \(column) of \(table) must be \(expected); let the application change it, or "
        + "rename the table"
    case .requiredColumn(let table, let column):
      "the column \(column) of \(table) must be filled, but nothing here knows with what; give it a "
        + "default, or say it under \"new\" in the mapping's \"access\""
    case .tablesOfBoth(let tables, let access):
      "\(tables.joined(separator: ", ")) \(tables.count == 1 ? "refers" : "refer") to both users and "
        + "companies: if the application decides by such a table who may enter what, name it under "
        + "\"access\" in the mapping (\"adopt --suggest\" makes one); with --beside a new table "
        + "\(access) is made, which the application does not read"
    case .noForeignKey(let table, let column, let parent):
      "the column \(column) of \(table) must refer to \(parent) ON DELETE CASCADE, so that "
        + "grants go with it; let the application change it, or take another access table"
    case .foreignTrigger(let name, let table):
      "the trigger \(name) on \(table) is not of this program; look at it and drop it"
    case .writingTrigger(let name, let on, let table):
      "the trigger \(name) on \(on) writes to \(table); look at it and drop it"
    case .foreignUnique(let name, let table, let columns):
      "the UNIQUE index \(name) on \(table) (\(columns.joined(separator: ", "))) is over columns that "
        + "this program does not fill, so that a second grant would fail; take another access table"
    case .partialUnique(let name, let table):
      "the UNIQUE index \(name) on \(table) counts only some of the rows of a pair, so that others may "
        + "have ended; this program cannot tell which; take another access table"
    case .endingColumn(let table, let column, isHome: false):
      "the column \(column) of \(table) may say that a row has ended or does not count yet, and this "
        + "program would read every row as access; say in the mapping's \"access\", under \"live\" and "
        + "\"end\", which rows count and how one ends, or take another access table"
    case .endingColumn(let table, let column, isHome: true):
      "the column \(column) of \(table) may say that a row has ended or does not count yet, and this "
        + "program would grant by every row; describe the application with --mapping and without home"
    case .withoutRowid(let table):
      "the table \(table) is WITHOUT ROWID, which this program cannot write; take another access table"
    case .leftovers(let tables):
      "another program has dropped the tables of this one and left their triggers on "
        + "\(tables.joined(separator: ", ")), where nothing can be deleted until they are gone; "
        + "\"schema downgrade\" takes them away, then \"adopt\" begins again"
    case .lostRecord(let tables):
      "another program has dropped \(tables.joined(separator: ", ")), and what the record held there "
        + "is lost; restore a backup, or take the rest away with \"schema downgrade --accept-loss\" "
        + "and begin a new record with \"adopt\""
    case .otherDescription:
      "it is adopted already, by another description than this one; \"schema upgrade --mapping FILE\" "
        + "puts this one in its place"
    case .otherAccessTable(let given, let recorded):
      "the description names the access table \(given), but the record is of \(recorded); name that one"
    case .dependent(let kind, let name, let table):
      "the \(kind) \(name) needs \(table); drop it first"
    case .duplicates(let table, let count, let first):
      "\(count) pairs of user and company are in \(table) more than once "
        + "(\(first.joined(separator: "; "))); delete all but one row of each"
    case .orphans(let table, let parent, let count):
      "\(count) rows of \(table) refer to rows of \(parent) that are not there; delete or correct "
        + "them (PRAGMA foreign_key_check lists them)"
    case .unusableForeignKeys(let table, let detail):
      "the foreign keys of \(table) cannot be checked (\(detail)); correct its definition"
    case .foreignSchema(let owner):
      "the schema company_access, of the role \(owner), has no whole record of this program; if nobody needs "
        + "it, its owner can take it away with DROP SCHEMA company_access CASCADE"
    case .inherited(let table):
      "other tables inherit from \(table) and hold rows of it, on which the record would have no triggers"
    case .needsTrust(let tables):
      "writing \(tables.map(\.table).joined(separator: " and ")) runs parts of the application's "
        + "schema that have to be trusted first (\(tables.map(\.detail).joined(separator: "; "))); "
        + "look at them, then say --trust-schema"
    }
  }
}

extension SchemaNote: CustomStringConvertible {
  /// The fact, as half a sentence.
  public var description: String {
    switch self {
    case .keptGrants(let table, let count):
      "\(table) is there already and keeps its \(count) rows"
    case .noCascade(let table, let column, let parent):
      "deleting a row of \(parent) leaves the rows of \(table) with its \(column), unless the "
        + "application deletes them; this program does"
    case .noCompanyIndex(let table):
      "\(table) has no index that begins with the company: lists of a company's users are slow in a "
        + "large table until the application adds one, or adopt --add-index does"
    case .noUserIndex(let table):
      "\(table) has no index that begins with the user: lists of a user's companies are slow in a large "
        + "table until the application adds one, or adopt --add-index does"
    case .migrations(let tables):
      "a migration of the application that changes \(tables.joined(separator: ", ")) has to take the "
        + "triggers away before and bring them back afterwards, else it stops with \"error in trigger "
        + "company_access_...: no such column\", or drops them:\n"
        + "    company-access --db FILE schema pause\n"
        + "    company-access --db FILE schema upgrade"
    case .besideTables(let tables, let access):
      "\(tables.joined(separator: ", ")) \(tables.count == 1 ? "refers" : "refer") to both users and "
        + "companies: if the application decides by such a table who may enter what, it does not read "
        + "\(access) until it is changed to"
    case .alembic(let lines):
      "an autogenerated migration of Alembic would drop what is added; env.py has to leave it out:\n"
        + lines.map { "    " + $0 }.joined(separator: "\n")
    case .accessReferenced(let other, let access):
      "rows of \(other) refer to rows of \(access): a grant on which one of them depends can only be "
        + "ended by the application"
    case .applicationTrigger(let name, let table):
      "the application's trigger \(name) on \(table) goes on working"
    case .orphans(let table, let count):
      "\(count) rows of \(table) refer to rows that are not there; they are left as they are"
    case .unusableForeignKeys(let table, let detail):
      "the foreign keys of \(table) cannot be checked: \(detail)"
    case .cannotWrite(let table, let detail):
      "rows of \(table) can be written by the application only: \(detail)"
    case .trusted(let table):
      "what runs when \(table.table) is written is trusted: \(table.detail)"
    }
  }
}

extension SchemaLoss: CustomStringConvertible {
  /// What would be lost, in numbers.
  public var description: String {
    let counts = [
      (grants, "grants"), (ended, "ended grants"), (changes, "changes"),
      (entities, "facts about users and companies"),
    ]
    let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }
}
