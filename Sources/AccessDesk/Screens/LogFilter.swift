internal import CompanyAccess

/// The filter of the log as it is typed: words such as `user:ann` or `since:-3d`.
struct LogFilter: Hashable, Sendable {
  /// Words of every kind.
  static let hint = "user:ann company:NYC by:maria did:revoke via:desk since:-3d until:2026-03-31"

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
        case "user": query.user = try store.user(named: value, at: moment).id
        case "company": query.company = try store.company(named: value, at: moment).id
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

  private func one<Value: RawRepresentable<String>>(
    of values: [Value], _ text: String
  ) throws -> Value {
    if let value = Value(rawValue: text) { return value }
    let names = values.map(\.rawValue).joined(separator: ", ")
    throw Refusal(words: "'\(text)' is none of: \(names)")
  }

  private func unknown(_ word: String) -> Refusal {
    Refusal(words: "'\(word)' is no filter of the log; write \(Self.hint)")
  }

  private var words: [String] {
    var words: [String] = [""]
    var isQuoted = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": isQuoted.toggle()
      case " " where !isQuoted: words.append("")
      default: words[words.count - 1].unicodeScalars.append(scalar)
      }
    }
    return words.filter { !$0.isEmpty }
  }
}

/// Why something that was typed can't be understood.
package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
  let words: String
  package var description: String { words }
}
