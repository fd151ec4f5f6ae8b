/// What help texts, the manual page and `docs/cli.md` say beside the words of the commands.
enum HelpMessages {
  static let help = "Show the help of a command."

  /// The variables of the environment that the program reads.
  static let environment = [
    ("COMPANY_ACCESS_DB", "The database file, if --db is not given."),
    ("NO_COLOR", "When set and not empty: no colour."),
  ]

  /// What every command does with the path that it is to write to: Markdown.
  static let outputs = [
    "One rule holds for every path that a command writes to: `--output`, `--out`, the argument of",
    "`backup`, `init` and `generate`, and the database that `restore` creates.",
    "",
    "| the path is | what is done |",
    "|---|---|",
    "| a new name | The file gets it when it is complete; only its owner can read it, and the umask "
      + "does not change that. |",
    "| a file | It is kept, exit 73. `export --force` and `backup --force` replace it. |",
    "| the database in use, by any name | Never written, exit 73. Nor may standard output or standard "
      + "error be it. |",
    "| another database | Only `backup --force` replaces it, and not with `--read-only`. |",
    "| a database's `-journal`, `-wal`, `-shm` | Refused: SQLite would remove the file. |",
    "| a device or a named pipe | `export` writes to it, and never replaces it. The others need a "
      + "file on a disk. |",
    "| `-`, `/dev/stdout`, `/dev/fd/N` | `export` writes to standard output or that descriptor; `./-` is "
      + "a file called `-`. The others need a file on a disk. |",
    "| any other link | Neither followed nor replaced, exit 73, wherever it leads. |",
    "| a folder | Refused, but for `report --out`, which takes a new or an empty one. |",
    "| not UTF-8 | The call is refused, exit 64. |",
  ]
}

extension ExitCode {
  /// What it means, for the manual.
  var meaning: String {
    switch self {
    case .done: "done, or the answer is yes"
    case .no: "the answer is no, something differs, or part of the change was left out"
    case .usage: "wrong usage, an invalid value, not confirmed, or a grant across organizations"
    case .badData: "bad data in a file"
    case .noInput: "no such file, not a database, damaged, or without the access tables"
    case .unknownName:
      "no such user, company or change, several of that name, or a moment that is not kept"
    case .unavailable: "no usable terminal, or no server that answers"
    case .fault: "a fault of the program"
    case .outOfMemory: "out of memory"
    case .cannotCreate: "a file cannot be created"
    case .diskError: "disk error, or disk full"
    case .busy: "the database is busy"
    case .notPermitted: "not permitted"
    case .cancelled: "cancelled by Ctrl-C; 128+n if ended by signal n"
    }
  }
}
