internal import CompanyAccess
internal import Formats

extension CommandKind {
  static var users: CommandKind {
    CommandKind(
      kind: .user, plural: "users", name: .user,
      newName: (.one(.text("USERNAME"), help: "The name to sign in with."), "username"),
      fields: [
        (
          "username",
          .value("username", .text("NAME"), help: "A new name to sign in with.")
        ),
        (
          "full_name",
          .value("full-name", .text("NAME"), help: "The full name.", allowsEmpty: true)
        ),
        (
          "email",
          .value("email", .text("ADDRESS"), help: "The e-mail address.", allowsEmpty: true)
        ),
        ("role", .value("role", .role, help: "The role.", allowsEmpty: true)),
        (
          "home",
          .value(
            "home", .company, help: "The home company, to which the user belongs.",
            allowsEmpty: true)
        ),
      ],
      texts: userTexts,
      filters: CommandKindFilters(
        role: .role,
        other: .value(
          "company", .company, help: "Only users who may enter this company; shows since when."),
        without: .withoutAccess, inactive: .flag("inactive", help: "Only inactive users.")),
      list: EntityLists.users, otherKind: { .companies },
      find: { (name, store, moment) throws(AccessError) in
        .user(try store.user(named: name, at: moment).id)
      },
      facts: userFacts)
  }

  private static var userTexts: CommandKindTexts {
    CommandKindTexts(
      list: "list users, with the number of companies that each may enter",
      listExamples: [
        CommandExample(purpose: "users without access", call: "--db hrm.db users --without-access"),
        CommandExample(
          purpose: "users who may enter the company ATL", call: "--db hrm.db users --company ATL"),
      ],
      grantsOfNew:
        "The user gets the home company, or every company if the role may enter all",
      grantsOfEdited:
        "Another home company or role changes no grants; with --with-grants, the grants that follow "
        + "from it are added. Nothing is revoked.",
      editWithGrants: "Add the grants that follow from the role and the home company.",
      activateWithGrants: "Add the grants that follow from the role and the home company.",
      example: (
        "lin", "lin --full-name 'Lin Wei' --role 'HR Manager' --home ATL", "--role 'HR Manager'"
      ))
  }

  private static func userFacts(
    _ id: EntityID, _ store: AccessStore, _ moment: Moment
  ) throws(AccessError) -> [Fact] {
    guard case .user(let user) = id else { return [] }
    guard let summary = try store.user(user, at: moment) else { throw .noSuchUser(user) }
    let found = summary.user
    var facts: [Fact] = [
      (Column("id", "Id"), Cell(found.id)),
      (Column("username", "User name"), .text(found.username)),
      (Column("full_name", "Full name"), Cell(found.fullName)),
      (Column("email", "E-mail"), Cell(found.email)), (Column("role", "Role"), Cell(found.role)),
    ]
    // The home company is known of the present only.
    if moment == .now, let home = try store.form(.user, of: id).values["home"] {
      facts.append((Column("home", "Company"), Cell(home.isEmpty ? nil : home)))
    }
    return facts + [
      (Column("active", "Status"), Cell(active: found.isActive)),
      try createdFact(id, store, moment),
      (Column("companies", "May enter"), Cell(summary.companies)),
    ]
  }
}
