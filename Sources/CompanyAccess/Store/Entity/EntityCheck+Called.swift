internal import Database

extension EntityCheck {
  /// Companies that have as their code what is typed as a name, or as their name what is typed as a
  /// code.
  func othersCalled(_ text: String, _ field: EntityField) throws -> [FieldNote.Finding] {
    let isName = field.id == "name" || field.id == "code"
    guard entity.table.kind == .company, isName, !text.isEmpty else { return [] }
    let names = NameQueries(
      connection: entity.table.connection,
      relations: Relations(shape: entity.table.shape, moment: .now))
    return try names.companies(called: text).filter { company in
      let other = field.id == "name" ? company.code : company.name
      return company.id.key != id && other == text
    }.map { .alsoMeans($0.words) }
  }
}
