/// How the page of a report looks, on paper, on a screen and on a telephone.
extension ReportPage {
  static let style = """

    @page { size: A4; margin: 16mm 15mm 18mm;
      @bottom-left { content: "Company access report"; font: 8pt sans-serif; color: #566070; }
      @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt sans-serif;
        color: #566070; } }
    :root { --text: #1c2430; --page: #fff; --ink: #24527a; --soft: #566070; --mark: #b06000;
      --note: #fff6e8; --line: #ccd5df; --pale: #dbe6f0; color-scheme: light; }
    @media screen and (prefers-color-scheme: dark) { :root { --text: #e3e8ee; --page: #14181d;
      --ink: #7fb2e0; --soft: #a3adb9; --mark: #e3a04a; --note: #33291a; --line: #3a434e;
      --pale: #26323f; color-scheme: dark; } }
    * { box-sizing: border-box; }
    body { font: 10.5pt/1.45 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif;
      color: var(--text); background: var(--page); max-width: 180mm; margin: 0 auto; padding: 8mm 0; }
    header { border-bottom: 2pt solid var(--ink); margin-bottom: 6mm; padding-bottom: 3mm; }
    .kind { text-transform: uppercase; letter-spacing: .12em; font-size: 8.5pt; color: var(--ink);
      margin: 0; }
    h1 { font-size: 22pt; line-height: 1.2; margin: 1mm 0; overflow-wrap: anywhere; }
    h2 { font-size: 13pt; margin: 0 0 2mm; color: var(--ink); break-after: avoid; }
    p { margin: 0 0 2.5mm; overflow-wrap: anywhere; }
    .span { font-size: 12pt; margin: 0 0 2mm; }
    .facts { color: var(--soft); font-size: 9pt; margin: 0; }
    .notice { border-left: 3pt solid var(--mark); background: var(--note); padding: 2mm 3mm; }
    section { margin: 0 0 7mm; break-inside: avoid; }
    .figures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 3mm; }
    .figures div { border: .6pt solid var(--line); border-radius: 1.5mm; padding: 2.5mm 3.5mm; }
    .figures b { display: block; font-size: 18pt; line-height: 1.2; }
    .figures span { color: var(--soft); font-size: 9pt; }
    svg { display: block; width: 100%; height: auto; margin: 1mm 0 3mm; }
    table { border-collapse: collapse; width: 100%; margin: 0 0 3mm; font-size: 9.5pt; }
    th { text-align: left; font-weight: 600; border-bottom: .8pt solid var(--ink); }
    th, td { padding: .9mm 2mm .9mm 0; vertical-align: top; overflow-wrap: anywhere; }
    td { border-bottom: .4pt solid var(--line); }
    tr { break-inside: avoid; }
    .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .two { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm; align-items: start; }
    code, .hash { font: 8.5pt/1.4 "DejaVu Sans Mono", Consolas, monospace; }
    .hash { font-size: 7pt; overflow-wrap: anywhere; }
    .contents th:last-child, .contents td:last-child { padding-left: 4mm; }
    .organisation { font-size: 12pt; margin: 1mm 0 0; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 5mm; margin: 0;
      font-size: 9.5pt; }
    dt { font-weight: 600; } dd { margin: 0; }
    ul { margin: 0; padding-left: 5mm; font-size: 9.5pt; }
    .method td:first-child { width: 45mm; color: var(--soft); }
    .signatures div { display: flex; gap: 3mm; align-items: end; margin-top: 9mm; }
    .signatures i { flex: 1; border-bottom: .6pt solid var(--soft); }
    .signatures i.date { flex: .35; }
    @media screen and (max-width: 620px) { body { padding: 5mm 4mm; }
      h1 { font-size: 17pt; } .figures { grid-template-columns: repeat(2, 1fr); }
      .two { grid-template-columns: 1fr; gap: 0; } dl { grid-template-columns: 1fr; gap: 0; }
      th.n { white-space: normal; overflow-wrap: normal; } table { font-size: 8.5pt; } td:first-child { min-width: 20mm; }
      dd { margin-bottom: 2mm; } section { overflow-x: auto; } .method td:first-child { width: 28mm; } }
    @media print { body { padding: 0; max-width: none; }
      * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }

    """
}
