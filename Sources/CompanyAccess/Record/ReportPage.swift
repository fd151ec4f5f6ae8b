/// The page of a report: one file that needs nothing else and prints well.
struct ReportPage {
  static let name = "summary.html"

  let context: ReportContext
  let content: ReportContent
  let files: [ReportFile]

  var figures: ReportFigures { content.figures }

  func write(to file: RecordFile) throws {
    try file.write(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Company access report: \(ReportPage.escaped(subject))</title>
      <style>\(ReportPage.style)</style>
      </head>
      <body>

      """)
    for section in [
      head, keyFigures, coverage, development, balance, movements, period, spread, companies,
      people, leaks, definitions, limitations, method, contents, signatures,
    ] {
      try file.write(section + "\n")
    }
    try file.write("</body>\n</html>\n")
  }

  // MARK: Sections

  /// What is reported on.
  private var subject: String { context.circumstances.title ?? context.databaseName }

  private var head: String {
    let (period, how) = (context.period, context.circumstances)
    let state =
      period.asOf.change.map { "change \($0.id) of \(ReportPage.time($0.at))" }
      ?? "before the first change on the record"
    let notices = content.notices.map {
      "<p class=\"notice\">\(ReportPage.escaped(ReportPage.sentence($0)))</p>"
    }
    let organisation = how.organisation.map {
      "<p class=\"organisation\"><bdi>\(ReportPage.escaped($0))</bdi></p>"
    }
    return """
      <header>
      <p class="kind">Company access report</p>
      \(organisation ?? "")<h1>\(ReportPage.escaped(subject))</h1>
      <p class="span">\(ReportPage.time(period.from)) &ndash; \(ReportPage.time(period.to))</p>
      <p class="facts">State at the end of the period: \(state). Written
      \(ReportPage.time(how.generatedAt)) by \(ReportPage.escaped(how.actor)) with
      company-access \(ReportPage.escaped(how.toolVersion)).</p>
      </header>
      \(notices.joined(separator: "\n"))
      """
  }

  private var keyFigures: String {
    let cards = [
      ("users", figures.coverage.users), ("companies", figures.coverage.companies),
      ("grants", figures.coverage.grants), ("users without access", figures.usersWithoutAccess),
      ("inactive with access", figures.inactiveUsersWithAccess),
      ("companies without users", content.empty.count),
    ]
    let apart = figures.coverage.orphans > 0 ? [(ReportPage.orphans, figures.coverage.orphans)] : []
    let all = (cards + apart).map { name, value in
      "<div><b>\(ReportPage.grouped(value))</b><span>\(name)</span></div>"
    }
    return "<section class=\"figures\">\(all.joined())</section>"
  }

  /// What grants are called that lead nowhere; no other figure has them.
  private static let orphans = "grants of missing users or companies"

  private var coverage: String {
    let coverage = figures.coverage
    let share = coverage.tenthsOfPercent
    let words =
      coverage.percent.map { ReportPage.escaped($0).replacing(" %", with: "&thinsp;%") }
      ?? "n/a, because no pair is permitted"
    return """
      <section>
      <h2>Coverage</h2>
      <p>\(ReportPage.grouped(coverage.grants)) of \(ReportPage.grouped(coverage.permitted)) possible
      pairs of a user and a company are granted: <b>\(words)</b>. Of the users
      \(ReportPage.grouped(figures.inactiveUsers)) are inactive, of the companies
      \(ReportPage.grouped(figures.inactiveCompanies)); their pairs count.</p>
      \(ReportCharts.bar(tenths: share ?? 0))
      </section>
      """
  }

  private var spread: String {
    """
    <section>
    <h2>Companies per user</h2>
    \(ReportCharts.histogram(content.histogram))
    </section>
    """
  }

  /// What there was, what came and went, and what there is.
  private var balance: String {
    let hasFirstKnown = figures.usersFirstKnown + figures.companiesFirstKnown > 0
    let rows = [
      ("grants", figures.openingGrants, figures.granted, 0, figures.revoked, figures.closingGrants),
      (
        "users", figures.openingUsers, figures.usersAdded, figures.usersFirstKnown,
        figures.usersDeleted, figures.coverage.users
      ),
      (
        "companies", figures.openingCompanies, figures.companiesAdded, figures.companiesFirstKnown,
        figures.companiesDeleted, figures.coverage.companies
      ),
    ].map { name, opening, came, known, went, closing in
      let numbers = [opening, came] + (hasFirstKnown ? [known] : []) + [went, closing]
      let cells = numbers.map { "<td class=\"n\">\(ReportPage.grouped($0))</td>" }
      return "<tr><td>\(name)</td>\(cells.joined())</tr>"
    }
    let knownHead = hasFirstKnown ? "<th class=\"n\">\(ReportWriter.firstKnown)</th>" : ""
    let known = hasFirstKnown ? " \(ReportPage.firstKnown)" : ""
    let problem =
      figures.isBalanced
      ? "" : "<p class=\"notice\">These figures do not lead from one to the other.</p>"
    return """
      <section>
      <h2>Opening and closing balance</h2>
      <table><thead><tr><th></th><th class="n">opening</th><th class="n">granted or added</th>\
      \(knownHead)<th class="n">ended or deleted</th><th class="n">closing</th></tr></thead>\
      <tbody>\(rows.joined())</tbody></table>\(problem)
      <p class="facts">Each grant that was made or ended, with its change, is in
      <code>\(ReportWriter.movements)</code>; users and companies are in
      <code>\(ReportWriter.people)</code>. Grants whose user or company is missing are among them.\(known)</p>
      </section>
      """
  }

  private static let firstKnown = """
    First known are those of whom the record does not tell how they came, only that they were there
    with a change of the period at the latest.
    """

  private var period: String {
    let words =
      figures.changes == 0
      ? "<p>Nothing changed in the period.</p>"
      : """
      <p>\(ReportPage.grouped(figures.changes)) changes granted access to a company
      \(ReportPage.grouped(figures.granted)) times and ended it
      \(ReportPage.grouped(figures.revoked)) times. Each change is in
      <code>\(ReportWriter.changes)</code>.</p>
      <div class="two">\(tally("What was done", content.actions))
      \(tally("By whom", content.actors))</div>
      """
    return """
      <section>
      <h2>Grants over the period</h2>
      \(ReportCharts.line(content.series, ReportPage.day(context.period.from), ReportPage.day(context.period.to),
        label: "Grants over the period"))
      \(words)
      </section>
      """
  }

  /// The largest tallies, and all others as one.
  private func tally(_ title: String, _ tallies: [String: ReportTally]) -> String {
    let sorted = tallies.sorted { ($1.value.changes, $0.key) < ($0.value.changes, $1.key) }
    var rows = sorted.prefix(10).map { name, tally in ReportPage.row(name, tally) }
    if sorted.count > 10 {
      var rest = ReportTally()
      for (_, tally) in sorted.dropFirst(10) {
        rest.changes += tally.changes
        rest.added += tally.added
        rest.removed += tally.removed
      }
      rows.append(ReportPage.row("\(sorted.count - 10) others", rest))
    }
    return """
      <table><thead><tr><th>\(title)</th><th class="n">changes</th><th class="n">granted</th>\
      <th class="n">ended</th></tr></thead><tbody>\(rows.joined())</tbody></table>
      """
  }

  private static func row(_ name: String, _ tally: ReportTally) -> String {
    """
    <tr><td>\(escaped(name))</td><td class="n">\(grouped(tally.changes))</td>\
    <td class="n">\(grouped(tally.added))</td><td class="n">\(grouped(tally.removed))</td></tr>
    """
  }

  private var companies: String {
    let rows = content.largest.map { row in
      """
      <tr><td>\(ReportPage.company(row.company))</td>\
      <td class="n">\(ReportPage.grouped(row.users))</td>\
      <td class="n">\(ReportPage.escaped(Percentage.words(row.users, of: figures.coverage.users) ?? ""))</td></tr>
      """
    }
    let empty = ReportPage.listed(
      content.empty.first.map(ReportPage.company), of: content.empty.count)
    return """
      <section>
      <h2>Companies</h2>
      <table><thead><tr><th>Largest</th><th class="n">users</th><th class="n">% of users</th></tr>\
      </thead><tbody>\(rows.joined())</tbody></table>
      <p>Companies that no user may enter: \(empty)</p>
      </section>
      """
  }

  private var people: String {
    let without = ReportPage.listed(
      content.without.map { ReportPage.user($0) }, of: figures.usersWithoutAccess)
    let inactive = ReportPage.listed(
      content.inactive.map { "\(ReportPage.user($0)) (\(ReportPage.grouped($0.companies)))" },
      of: figures.inactiveUsersWithAccess)
    return """
      <section>
      <h2>Users to look at</h2>
      <p>Inactive users who still may enter companies: \(inactive)</p>
      <p>Users without any access: \(without)</p>
      </section>
      """
  }

  private var lessOrphans: String {
    figures.coverage.orphans > 0 ? ", less the \(ReportPage.orphans)," : ""
  }

  private var contents: String {
    let rows = files.map { file in
      """
      <tr><td><code>\(file.name)</code></td>\
      <td class="n">\(file.rows.map(ReportPage.grouped) ?? "")</td>\
      <td class="hash">\(file.sha256)</td></tr>
      """
    }
    return """
      <section class="contents">
      <h2>Files of this report</h2>
      <table><thead><tr><th>File</th><th class="n">rows</th><th>SHA-256</th></tr></thead>\
      <tbody>\(rows.joined())</tbody></table>
      <p class="facts">The rows of <code>\(ReportWriter.access)</code>\(lessOrphans) and the sums in
      <code>\(ReportWriter.coverage)</code> and <code>\(ReportWriter.companies)</code> are all the
      number of grants.
      <code>company-access report verify</code> checks that, and that no byte has changed since.
      Schema version \(context.schemaVersion).</p>
      </section>
      """
  }
}

// MARK: Text

extension ReportPage {
  /// A company as the page names one.
  static func company(_ company: Company) -> String {
    "<bdi>\(escaped(company.name))</bdi>" + (company.code.map { " (\(escaped($0)))" } ?? "")
      + (company.isActive ? "" : " <i>inactive</i>")
  }

  private static func user(_ user: ReportUser) -> String {
    "<bdi>\(escaped(user.username ?? "id \(user.id)"))</bdi>"
  }

  /// The first of some, and how many more there are.
  private static func listed(_ first: [String], of count: Int) -> String {
    guard count > 0 else { return "none." }
    let more = count > first.count ? " and \(grouped(count - first.count)) more" : ""
    return first.joined(separator: ", ") + more + "."
  }

  /// Text as HTML in which nothing is hidden: what cannot be seen is shown by its number.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
          .paragraphSeparator:
          result += "&lt;U+" + String(scalar.value, radix: 16, uppercase: true) + "&gt;"
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  private static func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst() + "."
  }

  /// A number with a thin space after every three digits.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude).utf8)
    var result = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += "&#8239;" }
      result.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return result
  }

  /// A time on the local clock, with the difference to UTC.
  static func time(_ time: Timestamp) -> String {
    escaped(time.localMinuteAndZone).replacing(" UTC", with: "&nbsp;UTC")
  }

  static func day(_ time: Timestamp) -> String { String(time.localMinute.prefix(10)) }
}
