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
          .value("username", .text("NAME"), help: "Another name to sign in with.")
        ),
        (
          "full_name",
          .value("full-name", .text("NAME"), help: "The user's own name.", allowsEmpty: true)
        ),
        (
          "email",
          .value("email", .text("ADDRESS"), help: "The e-mail address.", allowsEmpty: true)
        ),
        ("role", .value("role", .role, help: "The role.", allowsEmpty: true)),
        (
          "home",
          .value(
            "home", .company, help: "The company to which the user belongs.", allowsEmpty: true)
        ),
      ],
      texts: userTexts,
      filters: CommandKindFilters(
        role: .role,
        other: .value(
          "company", .company, help: "Only users who may enter this company, and since when."),
        without: .withoutAccess, inactive: .flag("inactive", help: "Only inactive users.")),
      list: EntityLists.users, otherKind: { .companies },
      find: { (name, store, moment) throws(AccessError) in
        .user(try store.user(named: name, at: moment).id)
      },
      facts: userFacts)
  }

  private static var userTexts: CommandKindTexts {
    CommandKindTexts(
      list: "list users, with how many companies each may enter",
      listExamples: [
        CommandExample(purpose: "who has nothing", call: "--db hrm.db users --without-access"),
        CommandExample(
          purpose: "who may enter a company", call: "--db hrm.db users --company ATL"),
      ],
      grantsOfNew:
        "A user is given the company that the user belongs to, or every company by role",
      grantsOfEdited:
        "Another company or role changes no grants; with --with-grants, what follows from them is "
        + "granted. Nothing is taken away.",
      editWithGrants: "Grant what follows from role and company.",
      activateWithGrants: "Grant what follows from role and company.",
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
      (Column("companies", "May enter"), Cell(summary.companies)),
    ]
  }
}
