/// What words in the names of tables and columns usually mean.
///
/// All words are in lower case and in the singular, as `CatalogueNames` gives them.
enum SuggestionWords {
  // MARK: - Tables

  /// What users are called, with how surely (3: always users, 1: often something else).
  static let users: [String: Int] = [
    "user": 3, "login": 2, "member": 2, "person": 2, "employee": 2, "staff": 2, "account": 2,
    "operator": 2, "agent": 2, "personnel": 2, "worker": 1, "principal": 2, "identity": 2,
    "admin": 1, "contact": 1, "profile": 1, "customer": 1, "student": 1, "teacher": 1, "doctor": 1,
    "author": 1, "people": 2,
  ]

  /// What companies are called, with how surely.
  static let companies: [String: Int] = [
    "company": 3, "organization": 3, "tenant": 3, "firm": 3, "enterprise": 3, "corporation": 3,
    "business": 3, "workspace": 3, "organizer": 3, "account": 2, "team": 2, "entity": 2, "site": 2,
    "agency": 2, "branch": 2, "shop": 2, "store": 2, "partner": 2, "vault": 2, "school": 2,
    "institution": 2, "institute": 2, "university": 2, "hospital": 2, "clinic": 2, "practice": 2,
    "office": 2, "facility": 2, "club": 2, "merchant": 2, "employer": 2, "subsidiary": 2,
    "establishment": 2, "restaurant": 2, "hotel": 2, "church": 2, "association": 2, "space": 2,
    "realm": 2, "society": 2, "property": 1, "library": 1, "league": 1, "brand": 1, "station": 1,
    "plant": 1, "depot": 1, "warehouse": 1, "location": 1, "project": 1, "customer": 1, "client": 1,
    "supplier": 1, "vendor": 1, "group": 1, "department": 1, "division": 1, "domain": 1,
    "community": 1, "network": 1, "region": 1, "unit": 1, "namespace": 1, "publication": 1,
    "chapter": 1, "blog": 1, "course": 1, "server": 1, "environment": 1, "portal": 1,
    "collection": 1, "board": 1, "repository": 1, "instance": 1, "app": 1, "application": 1,
    "house": 1, "garage": 1, "farm": 1, "building": 1, "channel": 1, "inbox": 1, "event": 1,
  ]

  /// What users or companies may be, by their names.
  static func isEntity(_ word: String) -> Bool { users[word] != nil || companies[word] != nil }

  /// What is granted to users but nothing that they enter.
  static let rights: Set<String> = [
    "role", "permission", "right", "privilege", "policy", "acl", "capability", "scope", "ability",
    "type", "status", "state", "category", "tag", "label", "language", "locale", "country",
    "currency", "menu", "level", "skill", "title", "feature", "flag", "topic", "option", "content",
  ]

  /// What tables are called that say who belongs to what.
  static let membership: Set<String> = [
    "member", "membership", "access", "assignment", "enrollment", "enrolment", "affiliation",
    "belonging", "collaborator", "participant", "participation", "seat", "employment", "grant",
    "association",
  ]

  /// Words in the name of a join table that say nothing.
  static let joining: Set<String> = [
    "rel", "relation", "relationship", "link", "map", "mapping", "join", "assoc", "xref", "to",
    "has", "x", "in", "of", "and", "bridge", "through", "pivot", "m2m", "list", "by", "allowed",
  ]

  /// What tables with a user and a company are called that do not say who may enter it.
  static let decoys: Set<String> = [
    "preference", "setting", "notification", "star", "favorite", "favourite", "follow", "follower",
    "follows", "watcher", "watch", "token", "invitation", "invite", "invitee", "session", "log",
    "audit", "history", "request", "vote", "like", "mention", "leave", "owner", "key", "device",
    "bookmark", "pin", "subscription", "subscriber", "alert", "draft", "comment", "message", "note",
    "rating", "review", "activity", "event", "report", "reminder", "onboarding", "tour", "export",
    "import", "job", "task", "credential", "secret", "email", "mail", "session", "view", "visit",
    "block", "mute", "ban", "cache", "temp", "tmp", "pending", "applicant", "candidate", "backup",
    "archive", "deleted", "former", "old", "default", "recent", "profile", "payment", "invoice",
    "order", "quota", "usage", "statistic", "stat", "metric", "score", "file", "attachment",
    "upload", "document", "lock", "schedule", "availability", "shift", "timesheet", "password",
    "auth", "oauth", "webhook", "feed", "avatar", "badge", "achievement", "point", "consent",
    "feedback", "survey", "response", "answer", "ticket", "template", "signature", "filter",
    "dashboard", "widget", "layout", "call", "sms", "bill", "billing", "address", "phone",
    "emailaddress",
  ]

  /// What in a column says that a company is a partner with which the application's owner trades.
  static let trading: Set<String> = [
    "customer", "supplier", "vendor", "client", "fournisseur", "prospect", "buyer", "seller",
    "kunde", "lieferant", "cliente", "proveedor",
  ]

  // MARK: - Columns

  /// What a column is called that holds a key.
  static let identifiers: Set<String> = [
    "id", "uuid", "uid", "guid", "fk", "pk", "oid", "ref", "rowid",
  ]

  /// What a column is called that names a user who did something, not one who belongs.
  static let actors: Set<String> = [
    "inviter", "invited", "invitee", "creator", "created", "create", "creat", "write", "owner",
    "author", "approver", "approved", "updated", "updater", "update", "modifier", "modified",
    "modif", "changed", "changer", "assigned", "assignee", "assigner", "supervisor", "manager",
    "reviewer", "sender", "receiver", "acceptor", "requester", "requested", "granted", "grantor",
    "granter", "added", "adder", "deleted", "suspended", "uploader", "editor", "by", "validate",
    "sponsor", "referrer", "parent", "moved", "target", "resolver", "closed", "locked", "archived",
    "removed", "revoked", "banned", "verified", "confirmed", "last",
  ]

  /// What the column of a home company may have before the company's name.
  static let home: Set<String> = [
    "home", "default", "main", "primary", "own", "active", "current", "last", "selected", "my",
    "base", "company",
  ]
  /// What says that it is only the company which the user looks at.
  static let session: Set<String> = ["active", "current", "last", "selected"]

  /// What a column with a password is called.
  static let passwords: Set<String> = [
    "password", "passwd", "pwd", "passhash", "passwordhash", "salt", "digest", "pass", "crypted",
    "encrypted", "hashed", "passphrase",
  ]

  /// What a user calls himself by, the surest first.
  static let usernames = [
    "username", "login", "user name", "login name", "nickname", "user login", "handle", "nick",
    "uid",
    "user id", "account name", "logon", "sam account name", "screen name",
  ]
  static let emails = [
    "email", "email address", "mail", "e mail", "user email", "mail address", "emailaddress",
    "primary email", "work email",
  ]
  static let fullNames = [
    "full name", "fullname", "name", "display name", "displayname", "real name", "realname",
    "person name", "complete name", "user full name",
  ]
  static let firstNames = [
    "first name", "firstname", "given name", "givenname", "forename", "prenom", "vorname",
  ]
  static let lastNames = [
    "last name", "lastname", "family name", "surname", "familyname", "nom", "nachname", "real name",
    "realname",
  ]
  static let companyNames = [
    "display name", "displayname", "name", "title", "company name", "organization name",
    "legal name",
    "label", "full name", "fullname", "complete name", "completename", "business name", "nom",
    "raison sociale",
    "trading name", "tenant name", "team name", "account name", "domain", "url",
  ]
  static let codes = [
    "code", "slug", "identifier", "short name", "shortname", "subdomain", "tag", "abbr", "key",
    "number",
    "company code", "org code", "handle", "domain", "name", "external code", "reference",
  ]
  static let roles = [
    "role", "user role", "role name", "member role", "access level", "permission", "is admin",
    "admin", "is superuser", "is staff", "user type", "level", "access", "right", "role id",
    "profile id",
  ]

  /// Whether the words of a column are those of a time of this kind: `created_at`, `date_joined`.
  static func isTime(_ words: [String], of verbs: Set<String>) -> Bool {
    var rest = words
    guard let place = rest.firstIndex(where: verbs.contains) else { return false }
    rest.remove(at: place)
    return rest.allSatisfy(timeWords.contains)
  }

  static let timeWords: Set<String> = [
    "at", "on", "date", "time", "timestamp", "datetime", "utc", "ts", "unix", "gmt", "last", "ms",
    "z",
  ]
  static let created: Set<String> = [
    "created", "create", "creation", "inserted", "insert", "added", "add", "joined", "join",
    "registered",
    "creat", "datec", "ctime", "granted", "registration",
  ]
  static let modified: Set<String> = [
    "modified", "modify", "modification", "updated", "update", "changed", "change", "write",
    "written", "edited", "mod", "mtime", "tms", "modif",
  ]

  /// Columns of a row that counts while they say yes.
  static let positive: Set<String> = [
    "active", "enabled", "activated", "accepted", "approved", "confirmed", "valid", "live",
    "verified",
  ]
  /// Columns of a row that counts while they say no.
  static let negative: Set<String> = [
    "deleted", "delete", "disabled", "archived", "removed", "revoked", "suspended", "blocked",
    "banned",
    "locked", "trashed", "inactive", "deactivated", "ended", "left", "discarded", "cancelled",
    "canceled", "terminated", "hidden", "rejected", "declined", "prohibit", "withdrawn", "remove",
    "frozen", "expelled", "kicked",
  ]
  /// Columns whose values say in words or numbers whether a row counts.
  static let states: Set<String> = ["status", "statut", "state"]
  /// Columns with the time at which a row stops to count by itself.
  static let expiries: Set<String> = [
    "expire", "expires", "expired", "expiry", "until", "expiration",
  ]
  /// Columns that only the application's own code can fill.
  static let cryptographic: Set<String> = [
    "token", "secret", "akey", "signature", "encrypted", "cipher", "hash", "salt", "certificate",
    "nonce", "fingerprint", "crypt",
  ]
  /// Columns that say something of the row beside who and where.
  static let contents: Set<String> = [
    "subject", "body", "text", "message", "description", "comment", "note", "url", "title",
    "reason",
    "property", "file", "path", "amount", "price", "quantity", "score", "rating", "data", "payload",
    "theme", "timezone", "color", "ip", "agent", "content", "email", "name", "phone", "address",
    "locale", "language", "start", "end", "due", "duration", "seconds", "minutes", "hours",
  ]

  // MARK: - Other spellings

  /// A word as this program knows it: other languages, spellings and abbreviations.
  static func replaced(_ word: String) -> String { spellings[word] ?? word }

  private static let spellings: [String: String] = [
    "organisation": "organization", "org": "organization", "orga": "organization",
    "organizacion": "organization", "organisatie": "organization", "utilisateur": "user",
    "usuario": "user", "benutzer": "user", "gebruiker": "user", "utente": "user", "usr": "user",
    "brugere": "user", "uzytkownik": "user", "people": "person", "societe": "society",
    "entreprise": "company", "empresa": "company", "unternehmen": "company", "firma": "company",
    "compania": "company", "azienda": "company", "bedrijf": "company", "mandant": "tenant",
    "comp": "company", "cmp": "company", "corp": "corporation", "biz": "business",
    "mandanten": "tenant", "firmen": "company", "utenti": "user", "aziende": "company",
    "bedrijven": "company", "benutzername": "username", "passwort": "password",
    "kennwort": "password", "contrasena": "password", "dept": "department", "perm": "permission",
    "mbr": "member", "memb": "member", "acct": "account",
    "acc": "account", "proj": "project", "grp": "group", "filiale": "branch", "cabinet": "practice",
  ]

  /// Words that end in an s and are singular.
  static let alike: Set<String> = [
    "status", "access", "address", "business", "news", "series", "always", "has", "was", "this",
    "sales", "ops", "sms", "https", "dns", "canvas", "is", "expires", "ends", "follows",
  ]

  /// Modules after which names are called in many applications.
  static let modules: Set<String> = [
    "auth", "core", "base", "res", "sys", "system", "tbl", "tb", "t", "tab", "common", "public",
    "dbo",
    "main", "api", "db",
  ]

  /// Every word that is known without a catalogue.
  static let known: Set<String> = {
    var words: Set<String> = [
      "username", "nickname", "fullname", "timestamp", "datetime", "timezone", "usage", "userid",
      "subdomain", "domain", "firstname", "lastname", "realname", "completename", "displayname",
      "shortname", "emailaddress", "membership", "partnership", "ownership", "display", "first",
      "last", "name", "company", "real", "level", "passwordhash", "hash", "default", "assigned",
    ]
    words.subtract(["userid"])
    for more in [
      rights, membership, decoys, trading, identifiers, actors, passwords, timeWords, created,
      modified, positive, negative, states, expiries, contents, Set(users.keys),
      Set(companies.keys), Set(spellings.keys), Set(spellings.values),
    ] { words.formUnion(more) }
    return words.filter { $0.count > 2 }
  }()
}

extension SuggestionWords {
  /// Whether the values of a column with these words tell what rows are, so that they are looked at.
  static func isTelling(_ words: [String]) -> Bool {
    let more: Set = ["role", "permission", "type", "kind", "level", "profile", "right", "access"]
    return words.contains { word in
      more.contains(word) || states.contains(word) || positive.contains(word)
        || negative.contains(word)
    }
  }
}
