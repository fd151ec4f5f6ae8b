extension ReportPage {
  /// The tables of the application with rows outside of the grants.
  var leaks: String {
    let found = content.leaks
    let rows = found.tables.map { table in
      let numbers = [table.rows, table.never, table.noLonger].map {
        "<td class=\"n\">\(ReportPage.grouped($0))</td>"
      }
      return "<tr><td><bdi>\(ReportPage.escaped(table.name))</bdi></td>"
        + numbers.joined() + "</tr>"
    }
    let table =
      rows.isEmpty
      ? "<p>No table has a column for a user and one for a company.</p>"
      : """
      <table><thead><tr><th>Table</th><th class="n">rows</th><th class="n">never could</th>\
      <th class="n">may no longer</th></tr></thead><tbody>\(rows.joined())</tbody></table>
      """
    let gaps = found.gaps.map {
      "<p class=\"notice\">Not looked at: \(ReportPage.escaped($0)).</p>"
    }
    return """
      <section>
      <h2>Rows outside of the grants</h2>
      \(table)\(gaps.joined())
      <p class="facts">Rows of the application, when this report was written, that belong to a user
      and a company which that user never could enter, or may enter no longer. Each is in
      <code>\(ReportWriter.leaks)</code>.</p>
      </section>
      """
  }
}
