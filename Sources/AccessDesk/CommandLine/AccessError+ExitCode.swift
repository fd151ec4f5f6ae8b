internal import CompanyAccess

extension AccessError {
  /// How the program ends after this error.
  var exitCode: ExitCode {
    switch self {
    case .noSuchFile, .serverLocation, .notForServers, .notAdopted, .notAFile, .notADatabase,
      .noTables,
      .unfitMapping, .damaged,
      .needsRecovery, .cannotOpen, .replaced, .recordIncomplete, .notOnRecord,
      .schemaForbids, .schemaRefused(_, [.unknownMapping]):
      .noInput
    case .schemaRefused(_, let problems) where problems.contains(where: \.isOlderVersion): .noInput
    case .badOperators(.noOperator): .unknownName
    case .badMappingFile, .schemaRefused, .recordDamaged: .badData
    case .noSuchUser, .noSuchCompany, .noSuchChange, .notKept, .userIsThere, .companyIsThere,
      .noUserNamed, .noCompanyNamed, .severalUsersNamed, .severalCompaniesNamed,
      .noSnapshotNamed:
      .unknownName
    case .notPermitted, .serverRefuses, .passwordNeeded, .needsLog, .readOnly, .cannotDelete,
      .cannotDeactivate,
      .noHome,
      .refusedByDatabase, .revokeOnly, .operatorForbids:
      .notPermitted
    case .serverUnavailable, .outcomeUnknown: .unavailable
    case .busy, .stoppedByServer, .planChanged, .editedMeanwhile: .busy
    case .badLocation, .notEmpty, .emptyPeriod, .reasonRequired, .ticketRequired, .acrossScope,
      .invalid,
      .noSuchField,
      .wouldLose, .badSnapshotName, .badOperators:
      .usage
    case .cancelled: .cancelled
    case .diskFull, .diskError: .diskError
    case .exists, .snapshotIsThere, .refusedOutput, .folderNotEmpty, .cannotCreate, .hasTables:
      .cannotCreate
    case .notRestorable(_, .beyondRepair): .noInput
    case .notRestorable: .badData
    case .adoptionUnfinished(let cause), .partlyDone(_, let cause): cause.exitCode
    case .outOfMemory: .outOfMemory
    case .unexpected: .fault
    }
  }
}
