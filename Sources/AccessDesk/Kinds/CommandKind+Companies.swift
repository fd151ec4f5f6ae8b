internal import CompanyAccess
internal import Formats

extension CommandKind {
  static var companies: CommandKind {
    CommandKind(
      kind: .company, plural: "companies", name: .company,
      newName: (.one(.text("NAME"), help: "The name of the company."), "name"),
      fields: [
        ("name", .value("name", .text("NAME"), help: "A new name.")),
        ("code", .value("code", .text("CODE"), help: "The short code.", allowsEmpty: true)),
      ],
      texts: companyTexts,
      filters: CommandKindFilters(
        role: nil,
        other: .value(
          "user", .user, help: "Only companies that this user may enter; shows since when."),
        without: .flag("without-users", help: "Only companies that no user may enter."),
        inactive: .flag("inactive", help: "Only inactive companies.")),
      list: EntityLists.companies, otherKind: { .users },
      find: { (name, store, moment) throws(AccessError) in
        .company(try store.company(named: name, at: moment).id)
      },
      facts: companyFacts)
  }

  private static var companyTexts: CommandKindTexts {
    CommandKindTexts(
      list: "list companies, with the number of users who may enter each",
      listExamples: [
        CommandExample(
          purpose: "companies that alice may enter", call: "--db hrm.db companies --user alice"),
        CommandExample(
          purpose: "the ten companies with the most users",
          call: "--db hrm.db companies --sort -users --limit 10"),
      ],
      grantsOfNew: "Users whose role may enter all companies get the new one, too",
      grantsOfEdited:
        "An edit changes no grants, unless --with-grants is given. Nothing is revoked.",
      editWithGrants: "Grant it to users whose role may enter all companies.",
      activateWithGrants: "Grant it to users whose role may enter all companies.",
      example: ("ATL", "'Baltic Foods' --code BAL", "--name 'Atlas Ltd'"))
  }

  private static func companyFacts(
    _ id: EntityID, _ store: AccessStore, _ moment: Moment
  ) throws(AccessError) -> [Fact] {
    guard case .company(let company) = id else { return [] }
    guard let summary = try store.company(company, at: moment) else {
      throw .noSuchCompany(company)
    }
    let found = summary.company
    return [
      (Column("id", "Id"), Cell(found.id)), (Column("name", "Name"), .text(found.name)),
      (Column("code", "Code"), Cell(found.code)),
      (Column("active", "Status"), Cell(active: found.isActive)),
      try createdFact(id, store, moment),
      (Column("users", "Users"), Cell(summary.users)),
    ]
  }
}
