extension AccessError {
  /// Why an operator may not do something, as a sentence without its full stop.
  static func words(_ refusal: OperatorRefusal) -> String {
    switch refusal {
    case .noOperator(let login):
      "\(NameInMessage.shown(login)) is not an operator of this database; a system administrator adds one "
        + "with \"company-access operator add\""
    case .role(let role, let permission):
      "an operator with the role \(role.rawValue) may not \(permission.words)"
    case .outsideScope: "it concerns more than you may change, and nothing was done"
    case .needsEverything: "this concerns the whole database, of which you see a part"
    case .rank(let username, let role, let more):
      "you may not act upon \(NameInMessage.shown(username))"
        + (role.map { ", whose role is \(NameInMessage.shown($0))" } ?? "")
        + (more > 0 ? ", nor upon \(more) more" : "")
        + ": only upon users whose role ranks below yours"
    case .operatorAbove(let login):
      "the operator \(NameInMessage.shown(login)) is not yours to change: the role must rank below yours, "
        + "and the scope be a part of yours"
    case .changedMeanwhile:
      "what you may do here was changed meanwhile; open the database again"
    }
  }

  /// Why there cannot be such operators.
  static func words(_ problem: OperatorProblem) -> String {
    switch problem {
    case .noAdministrator:
      "there must be a system_admin of everything as long as there are operators: the first operator is "
        + "one, and the last one goes last"
    case .badLogin(let text):
      "'\(NameInMessage.shown(text))' cannot be the name of a login: it has no blanks, @ or brackets"
    case .noOperator(let login, let others):
      "there is no operator '\(NameInMessage.shown(login))'"
        + (others.isEmpty ? "" : "; there are: " + list(others.map { NameInMessage.shown($0) }))
    case .isThere(let login):
      "there is an operator '\(NameInMessage.shown(login))' already; \"operator edit\" changes it"
    case .noOrganizations:
      "this database knows no organizations; name companies with --company"
    case .noOrganization(let name):
      "no company is of the organization '\(NameInMessage.shown(name))'"
    }
  }
}

extension OperatorRole.Permission {
  /// What is permitted, as it follows "may".
  package var words: String {
    switch self {
    case .read: "see users, companies and grants"
    case .grant: "grant and revoke"
    case .users: "add, edit or delete users"
    case .companies: "add, edit or delete companies"
    case .operators: "change the operators"
    case .maintain: "set the policy or look after the database"
    }
  }
}
