internal import CompanyAccess

extension AccessError {
  /// How the program ends after this error.
  var exitCode: ExitCode {
    switch self {
    case .noSuchFile, .notAFile, .notADatabase, .noTables, .damaged, .needsRecovery,
      .recordIncomplete:
      .noInput
    case .noSuchUser, .noSuchCompany, .noSuchChange, .notKept, .userIsThere, .noUserNamed,
      .noCompanyNamed, .severalUsersNamed, .severalCompaniesNamed:
      .unknownName
    case .notPermitted, .readOnly: .notPermitted
    case .busy, .planChanged: .busy
    case .notEmpty, .emptyPeriod: .usage
    case .cancelled: .cancelled
    case .diskFull, .diskError: .diskError
    case .exists, .folderNotEmpty, .cannotCreate: .cannotCreate
    case .outOfMemory: .outOfMemory
    case .unexpected: .fault
    }
  }
}
