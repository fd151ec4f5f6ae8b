/// Calls of every command, for the tests that hold for all of them.
///
/// A new command needs a line in `reading` or in `writing`, and one in `dryRuns` if it has a dry run;
/// tests say which is missing. The databases are `SmallDatabase` and, for dry runs, the sample.
enum CommandCalls {
  /// Calls of every command that reads, by the words of the command.
  ///
  /// `ReadOnlyTests` expects that none of them changes anything. `OUT` stands for a folder to write to.
  static let reading: [String: [[String]]] = [
    "users": [["users"], ["users", "--as-of", "now"], ["users", "--company", "ACM", "--json"]],
    "companies": [["companies"], ["companies", "--as-of", "-1m", "--format", "csv"]],
    "check": [["check", "ann", "ACM"], ["check", "ann", "ACM", "--as-of", "now"]],
    "stats": [["stats"], ["stats", "--as-of", "now", "--json"]],
    "log": [["log"], ["log", "2"], ["log", "--user", "ann", "--json"]],
    "why": [["why", "ann", "ACM"], ["why", "bob", "ACM", "--as-of", "now", "--json"]],
    "diff": [
      ["diff", "--from", "-1d"], ["diff", "--users", "ann", "bob"],
      ["diff", "--companies", "ACM", "Cord", "--json"], ["diff", "--file", "-"],
    ],
    "expect": [
      ["expect", "--write", "-"], ["expect", "OUTexpected.txt", "--json"],
      ["expect", "OUTexpected.txt", "--format", "tap"],
      ["expect", "--as-of", "now", "--format", "junit", "OUTexpected.txt"],
    ],
    "snapshot list": [
      ["snapshot", "list", "--json"], ["snapshot", "list", "--format", "csv"],
    ],
    "operator list": [["operator", "list", "--json"], ["operator", "list", "--format", "csv"]],
    "operator show": [["operator", "show", "nobody"]],
    "operator roles": [["operator", "roles"], ["operator", "roles", "--format", "csv"]],
    "whoami": [["whoami"], ["whoami", "--json"]],
    "policy show": [["policy", "show"], ["policy", "show", "--as-of", "now", "--json"]],
    "leavers": [
      ["leavers", "OUTpeople.csv"], ["leavers", "OUTpeople.csv", "--json"],
      ["leavers", "OUTpeople.csv", "--format", "csv", "--max-gone", "100"],
    ],
    "report": [["report", "--from", "-1d", "--out", "OUT"], ["report", "verify", "OUT"]],
    "export": [
      ["export"], ["export", "--as-of", "now"], ["export", "users", "--format", "table"],
      ["export", "all"],
    ],
    "backup": [["backup", "OUTcopy.db", "--json"]],
    "user show": [["user", "show", "ann"], ["user", "show", "ann", "--as-of", "now", "--json"]],
    "company show": [["company", "show", "ACM"], ["company", "show", "Cord", "--format", "csv"]],
    "schema status": [["schema", "status", "--json"]],
    "schema verify": [["schema", "verify", "--json"]],
    "record verify": [["record", "verify"], ["record", "verify", "--json"]],
    "adopt": [["adopt", "--suggest"], ["adopt", "--suggest", "--write", "OUTmapping.json"]],
    "doctor": [["doctor"], ["doctor", "--json"]],
    "completions": [["completions", "bash"]],
    "man": [["man"]],
  ]

  /// Calls of every command that writes; each would change a database or make a file.
  ///
  /// `ReadOnlyTests` expects that `--read-only` refuses them.
  static let writing: [String: [[String]]] = [
    "grant": [["grant", "ann", "Cord"], ["grant", "bob", "--like", "ann"]],
    "revoke": [["revoke", "ann", "ACM"], ["revoke", "ann", "--all", "--yes"]],
    "bulk-grant": [["bulk-grant", "--yes"]],
    "apply": [
      ["apply", "--edits", #"{"action":"grant","users":["ann"],"companies":["Cord"]}"#],
      ["apply", "--edits", #"[{"action":"revoke","users":{},"companies":["ACM"]}]"#],
    ],
    "user add": [["user", "add", "eve"]],
    "user edit": [["user", "edit", "ann", "--full-name", "Ann"]],
    "user deactivate": [["user", "deactivate", "ann"]],
    "user activate": [["user", "activate", "ann"]],
    "user delete": [["user", "delete", "ann", "--yes"]],
    "company add": [["company", "add", "Nova"]],
    "company edit": [["company", "edit", "Cord", "--code", "CRD"]],
    "company deactivate": [["company", "deactivate", "Cord", "--revoke"]],
    "company activate": [["company", "activate", "Cord"]],
    "company delete": [["company", "delete", "Cord", "--yes"]],
    "undo": [["undo"], ["undo", "2", "--yes"]],
    "policy set": [["policy", "set", "require-ticket", "revoke,delete"]],
    "operator add": [
      ["operator", "add", "maria", "--role", "system_admin", "--everything", "--yes"]
    ],
    "operator edit": [["operator", "edit", "maria", "--role", "auditor"]],
    "operator remove": [["operator", "remove", "maria"]],
    "snapshot save": [["snapshot", "save", "clean"]],
    "snapshot go": [["snapshot", "go", "clean", "--yes"]],
    "snapshot drop": [["snapshot", "drop", "clean"]],
    "import": [["import", "--yes"]],
    "record prune": [
      [
        "record", "prune", "--before", "now", "--output", "OUT/pruned.csv", "--reason", "old",
        "--yes",
      ]
    ],
    "record seal": [["record", "seal"], ["record", "seal", "--reason", "Q4", "--json"]],
    "record forget": [["record", "forget", "ann", "--yes"]],
    "init": [["init", "OUT/new.db"]],
    "generate": [["generate", "OUT/new.db"]],
    "restore": [["restore", "OUT/none.db", "--yes"]],
    "adopt": [["adopt", "--yes"]],
    "backfill": [["backfill", "--yes"], ["backfill", "--null-company", "--yes"]],
    "schema upgrade": [["schema", "upgrade"]],
    "schema downgrade": [["schema", "downgrade", "--accept-loss"]],
    "schema pause": [["schema", "pause"]],
    "schema reconcile": [["schema", "reconcile"]],
  ]

  /// Calls of every command with `--dry-run`, on the sample database.
  ///
  /// `DryRunTests` makes each of them as a dry run and with `--yes`, and expects the same end.
  ///
  /// `PAIRS`, `NEW`, `BACKUP` and `DOCUMENT` stand for files, `OUT` for a folder to write to.
  static let dryRuns: [[String]] = [
    ["grant", "a_oconnor", "LA"], ["grant", "--company", "HQ", "a_nowak", "admin"],
    ["grant", "a_oconnor", "--like", "admin"], ["grant", "no_one", "LA"],
    ["grant", "admin", "HQ", "--on-duplicate", "error"], ["revoke", "admin", "HQ"],
    ["revoke", "admin", "HQ", "--no-administrator"], ["revoke", "m_delacroix", "--all"],
    ["revoke", "--company", "HQ", "a_oconnor", "a_nowak"], ["bulk-grant"],
    ["bulk-grant", "--role", "Employee"], ["bulk-grant", "--company-search", "Office"],
    ["bulk-grant", "--without-access"],
    ["apply", "--edits", #"{"action":"grant","users":["a_oconnor"],"companies":["LA","NYC"]}"#],
    [
      "apply", "--edits",
      #"[{"action":"revoke","users":{},"companies":["HQ"]},"#
        + #"{"action":"grant","users":{"search":"manager"},"companies":{}}]"#,
    ],
    ["user", "add", "new.person", "--home", "HQ"],
    ["user", "add", "a_nowak"], ["user", "add", "boss", "--role", "Super Admin"],
    ["user", "edit", "a_nowak", "--role", "Super Admin", "--with-grants"],
    ["user", "edit", "a_nowak", "--home", "HQ", "--with-grants"],
    ["user", "edit", "admin", "--role", "Employee"],
    ["user", "edit", "a_nowak", "--username", "admin"],
    ["user", "deactivate", "a_nowak", "--revoke"], ["user", "deactivate", "admin"],
    ["user", "activate", "a_nowak", "--with-grants"], ["user", "delete", "a_nowak"],
    ["user", "delete", "admin"], ["user", "delete", "admin", "--no-administrator"],
    ["company", "add", "Baltic Foods"], ["company", "add", "Head Office"],
    ["company", "add", "Empty", "--without-grants"], ["company", "edit", "HQ", "--code", "HQX"],
    ["company", "edit", "HQ", "--code", "LA"], ["company", "deactivate", "HQ", "--revoke"],
    ["company", "activate", "HQ", "--with-grants"], ["company", "delete", "HQ"],
    ["company", "delete", "LA"], ["undo"], ["undo", "3"], ["undo", "34"],
    ["undo", "34", "--overwrite"],
    ["undo", "999"], ["import", "PAIRS"], ["import", "--create", "NEW"],
    ["import", "--create", "--no-administrator", "NEW"], ["import", "--sync", "PAIRS"],
    ["import", "--sync", "--max-removals", "100%", "PAIRS"],
    ["import", "--sync", "--create", "--max-removals", "100%", "--no-administrator", "NEW"],
    ["import", "DOCUMENT"], ["backfill"], ["backfill", "--role", "Employee"],
    ["backfill", "--null-company"], ["backfill", "--null-company", "--default-company", "HQ"],
    prune + ["OUT/pruned.csv"], prune + ["PAIRS"], prune + ["OUT/none/pruned.csv"],
    ["record", "prune", "--before", "2026-08-01", "--output", "OUT/pruned.csv"],
    ["record", "forget", "t_berg"], ["record", "forget", "admin"], ["record", "seal"],
    ["operator", "add", "maria", "--role", "system_admin", "--everything"],
    ["operator", "add", "maria", "--role", "auditor", "--company", "HQ"],
    ["operator", "edit", "maria", "--everything"], ["operator", "remove", "maria"],
    ["policy", "set", "require-ticket", "grant"], ["policy", "set", "require-ticket", "none"],
    ["snapshot", "save", "clean"], ["snapshot", "go", "clean"], ["snapshot", "drop", "clean"],
    ["restore", "BACKUP"],
    ["restore", "PAIRS"], ["restore", "OUT/none.db"], ["adopt"], ["schema", "upgrade"],
    ["schema", "downgrade"], ["schema", "downgrade", "--accept-loss"], ["schema", "pause"],
    ["schema", "reconcile"],
  ]

  private static let prune = [
    "record", "prune", "--before", "2026-08-01", "--reason", "old", "--output",
  ]
}
