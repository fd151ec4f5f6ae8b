internal import CompanyAccess

/// The filter of the log as it is typed: words such as `user:ann` or `since:-3d`.
struct LogFilter: Hashable, Sendable {
  let text: String

  /// What the words mean, or why one of them means nothing, in words.
  ///
  /// A word without a colon is looked for in subject, actor, reason and ticket.
  /// A value with blanks stands in double quotes, as in `company:"NYC Office"`.
  func query(in store: AccessStore, at moment: Moment) -> Result<ChangeQuery, Refusal> {
    var query = ChangeQuery()
    for word in words {
      guard let colon = word.firstIndex(of: ":") else {
        query.search = [query.search, word].compactMap(\.self).joined(separator: " ")
        continue
      }
      let value = String(word[word.index(after: colon)...])
      do {
        switch word[..<colon] {
        case "user": query.user = try user(value, store, moment)
        case "company": query.company = try company(value, store, moment)
        case "by": query.actor = value
        case "did": query.action = try one(of: ChangeAction.allCases, value)
        case "via": query.origin = try one(of: Origin.allCases, value)
        case "since": query.since = try TimeText.parse(value, .start)
        case "until": query.until = try TimeText.parse(value, .end)
        default: return .failure(unknown(word))
        }
      } catch {
        return .failure(Refusal(words: "\(error)"))
      }
    }
    return .success(query)
  }

  /// The user with a name, also if it was typed in another case.
  private func user(
    _ name: String, _ store: AccessStore, _ moment: Moment
  ) throws(AccessError) -> UserID {
    do {
      return try store.user(named: name, at: moment).id
    } catch .noUserNamed(let name, let similar) {
      let same = similar.filter { $0.username.lowercased() == name.lowercased() }
      guard same.count == 1 else { throw .noUserNamed(name, similar: similar) }
      return same[0].id
    }
  }

  /// The company with a name or code, also if it was typed in another case.
  private func company(
    _ name: String, _ store: AccessStore, _ moment: Moment
  ) throws(AccessError) -> CompanyID {
    do {
      return try store.company(named: name, at: moment).id
    } catch .noCompanyNamed(let name, let similar) {
      let same = similar.filter {
        [$0.name, $0.code ?? ""].contains { $0.lowercased() == name.lowercased() }
      }
      guard same.count == 1 else { throw .noCompanyNamed(name, similar: similar) }
      return same[0].id
    }
  }

  private func one<Value: RawRepresentable<String>>(
    of values: [Value], _ text: String
  ) throws -> Value {
    if let value = Value(rawValue: text) { return value }
    let names = values.map(\.rawValue).joined(separator: ", ")
    throw Refusal(words: LogMessages.noneOf(text, names))
  }

  private func unknown(_ word: String) -> Refusal {
    Refusal(words: LogMessages.noFilter(word))
  }

  private var words: [String] { parts.map(\.word).filter { !$0.isEmpty } }

  /// The words without their quotes, each with where it begins.
  private var parts: [(word: String, start: String.Index)] {
    var parts = [(word: "", start: text.startIndex)]
    var isQuoted = false
    for index in text.unicodeScalars.indices {
      switch text.unicodeScalars[index] {
      case "\"": isQuoted.toggle()
      case " " where !isQuoted: parts.append(("", text.unicodeScalars.index(after: index)))
      case let scalar: parts[parts.count - 1].word.unicodeScalars.append(scalar)
      }
    }
    return parts
  }

  // MARK: - Completing

  /// The word that is being typed, as `user` and `an` of `user:an`; without a colon only the second.
  var last: (kind: LogWord?, value: String) {
    let word = parts[parts.count - 1].word
    guard let colon = word.firstIndex(of: ":"), let kind = LogWord(rawValue: String(word[..<colon]))
    else { return (nil, word) }
    return (kind, String(word[word.index(after: colon)...]))
  }

  /// The text with another value in the word that is being typed.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - isWhole: Whether nothing more belongs to it.
  /// - Returns: The text.
  func completed(_ value: String, isWhole: Bool) -> String {
    let before = String(text[..<parts[parts.count - 1].start])
    guard let kind = last.kind else { return before + value }
    let quote = value.contains(" ") ? "\"" : ""
    return before + kind.rawValue + ":" + quote + value + (isWhole ? quote + " " : "")
  }

  /// A word that picks a user or company by name.
  static func word(_ kind: LogWord, _ name: String) -> String {
    LogFilter(text: kind.rawValue + ":").completed(name, isWhole: true).trimmed
  }
}

extension String {
  /// The text without the blank at its end.
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}

/// A word of the filter of the log that a value follows behind a colon.
package enum LogWord: String, Hashable, Sendable, CaseIterable {
  case user, company, by, did, via, since, until

  private static let most = 50

  /// What may stand behind the word and begins with a text.
  func names(beginningWith text: String, in store: AccessStore) throws(AccessError) -> [String] {
    func begins(_ name: String) -> Bool { name.lowercased().hasPrefix(text.lowercased()) }
    switch self {
    case .user: return try store.usernames(beginningWith: text, limit: Self.most).map(\.name)
    case .company:
      var query = CompanyQuery()
      query.search = text
      let codes = try store.companies(query, limit: Self.most).rows.compactMap(\.company.code)
      let names = try store.companyNames(beginningWith: text, limit: Self.most).map(\.name)
      return codes.filter(begins) + names
    case .by: return try store.actors().filter(begins)
    case .did: return ChangeAction.allCases.map(\.rawValue).filter(begins)
    case .via: return Origin.allCases.map(\.rawValue).filter(begins)
    case .since, .until: return []
    }
  }
}

/// Why something that was typed can't be understood.
package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
  let words: String
  package var description: String { words }
}
