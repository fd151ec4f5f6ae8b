/// How the figures of a report developed, what they mean, what they do not cover, and how it was made.
extension ReportPage {
  // MARK: - Charts

  /// Coverage over the period.
  var development: String {
    let all = figures.coverage.users * figures.coverage.companies
    let isScoped = figures.coverage.permitted != all
    guard !isScoped, content.population.count == content.series.count else { return "" }
    let shares = zip(content.series, content.population).map { grants, population in
      let pairs = population.users * population.companies
      return pairs > 0 ? min(1_000, max(0, grants * 1_000 / pairs)) : 0
    }
    let (first, last) = (
      ReportPage.day(context.period.from), ReportPage.day(context.period.to)
    )
    let chart = ReportCharts.line(
      shares, first, last, label: "Coverage over the period", top: 1_000
    ) {
      "\($0 / 10) %"
    }
    return """
      <section>
      <h2>Coverage over the period</h2>
      \(chart)
      </section>
      """
  }

  /// How many months are shown one by one.
  private static let mostMonths = 36

  /// Movements by month, or by year in a long period.
  var movements: String {
    var bars: [(name: String, granted: Int, ended: Int)] = []
    let first = String(ReportPage.day(context.period.from).prefix(7))
    let last = String(ReportPage.day(context.period.asOf.at).prefix(7))
    var names = ReportPage.months(from: first, to: last)
    let isByYear = names.count > ReportPage.mostMonths
    if isByYear {
      var years: [String] = []
      for name in names.map({ String($0.prefix(4)) }) where years.last != name {
        years.append(name)
      }
      names = years
    }
    for name in names {
      let found = content.months.filter { isByYear ? $0.key.hasPrefix(name) : $0.key == name }
      bars.append(
        (
          name, found.values.reduce(0) { $0 + $1.granted },
          found.values.reduce(0) { $0 + $1.ended }
        ))
    }
    if bars.count > ReportPage.mostMonths { bars = bars.filter { $0.granted + $0.ended > 0 } }
    guard !content.months.isEmpty, !bars.isEmpty else { return "" }
    return """
      <section>
      <h2>Movements by \(isByYear ? "year" : "month")</h2>
      \(ReportCharts.pairs(bars))
      <p class="facts">Each grant that was made or ended is in <code>\(ReportWriter.movements)</code>
      with its change, actor, reason, ticket and decision.</p>
      </section>
      """
  }

  /// The months from one to another, as `YYYY-MM`.
  private static func months(from first: String, to last: String) -> [String] {
    func number(_ month: String) -> Int? {
      let parts = month.split(separator: "-").compactMap { Int($0) }
      return parts.count == 2 ? parts[0] * 12 + parts[1] - 1 : nil
    }
    guard let start = number(first), let end = number(last), start <= end else { return [] }
    return (start...end).map { month in
      let (year, rest) = (String(month / 12), month % 12 + 1)
      return String(repeating: "0", count: max(0, 4 - year.utf8.count)) + year
        + (rest < 10 ? "-0" : "-") + String(rest)
    }
  }

  // MARK: - Words

  var definitions: String {
    let words = [
      ("Grant", "One user may enter one company. Without a grant there is no access."),
      (
        "Coverage",
        "Grants of existing users in existing companies, divided by the pairs that may be granted. "
          + "Inactive users and companies count."
      ),
      ("Movement", "A grant that was made, or that ended, in the period, each as often as it was."),
      (
        "Balance",
        "What there was before the period, with what came and less what went, is what there is at "
          + "its end."
      ),
      (
        "Change",
        "One operation on the record, with its time, actor, origin, reason, ticket and decision. "
          + "The order is that of the numbers."
      ),
      ("External", "Written by another program: the record says when and what, but not who."),
      ("Lag", "Whole days between a decision and its change, where the decision is known."),
      (
        "Seal",
        "A hash of the record up to a change: if it is the same later, nothing up to there was "
          + "altered."
      ),
    ]
    let rows = words.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }
    return """
      <section>
      <h2>What the words mean</h2>
      <dl>\(rows.joined())</dl>
      </section>
      """
  }

  var limitations: String {
    let items = Diagnosis.notCovered.map {
      "<li>\(ReportPage.escaped($0.prefix(1).uppercased() + $0.dropFirst())).</li>"
    }
    let own = """
      <li>The names of roles are the present ones.</li>
      <li>Rows outside of the grants, and who can write the database, are as they were when the report
      was written.</li>
      """
    return """
      <section>
      <h2>What this report does not cover</h2>
      <ul>\(items.joined())\(own)</ul>
      </section>
      """
  }

  /// Where the database is, who can write it, and how the report was made.
  var method: String {
    let how = context.circumstances
    func seal(_ seal: RecordSeal?) -> String {
      seal.map { "<span class=\"hash\">\($0)</span>" } ?? "none"
    }
    let rows: [(String, String)] =
      [
        ("Database", ReportPage.escaped(how.location)), ("Host", ReportPage.escaped(how.host)),
        (
          "Call", how.commandLine.map { "<code>\(ReportPage.escaped($0))</code>" } ?? "by a program"
        ),
        ("Time zone", ReportPage.escaped(how.zone)),
        ("Grants of former users and companies", ReportPage.grouped(figures.formerGrants)),
        ("Seal before the period", seal(content.opening)),
        ("Seal at its end", seal(content.closing)),
      ] + how.access.map { ("Who can write", ReportPage.escaped($0)) }
    let cells = rows.map { "<tr><td>\($0.0)</td><td>\($0.1)</td></tr>" }
    return """
      <section>
      <h2>How this report was made</h2>
      <table class="method"><tbody>\(cells.joined())</tbody></table>
      <p class="facts"><code>report verify --db</code> writes it again as of the same change and
      compares every file; <code>record verify --seal</code> shows that the record up to a seal was not
      altered. Grants of former users and companies are in <code>\(ReportWriter.former)</code>.</p>
      </section>
      """
  }

  var signatures: String {
    let line = { (name: String) in
      "<div><span>\(name) by</span><i></i><span>Date</span><i class=\"date\"></i></div>"
    }
    return "<section class=\"signatures\">\(line("Prepared"))\(line("Reviewed"))</section>"
  }
}
