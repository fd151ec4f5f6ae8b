internal import CompanyAccess
internal import TerminalUI

/// What the desk says of files that it writes.
enum FileMessages {
  static let label: DisplayText = "File name: "

  static func heading(_ document: DeskDocument, _ folder: String) -> String {
    "Write \(subject(document)) to a file in \(folder)"
  }

  private static func subject(_ document: DeskDocument) -> String {
    switch document {
    case .list(let query):
      switch (query.kind, query.subject) {
      case (.user, nil): "the list of users"
      case (.user, _): "the users of the company"
      case (.company, nil): "the list of companies"
      case (.company, _): "the companies of the user"
      }
    case .grid: "the grid"
    case .page: "the page"
    case .log: "the log"
    }
  }

  static func hints(_ document: DeskDocument) -> [String] {
    let form =
      switch document {
      case .list, .log: "All rows that match the filter are written, in the order of the list."
      case .grid:
        "All users and companies that match are written, with what is granted; nothing staged."
      case .page: "A page as .json has everything, as .csv what is granted."
      }
    return [
      "The name ends in .csv, .tsv or .json, and is the name of a file in that folder.", form,
      "A file that is there is replaced only after a question.",
    ]
  }

  static func replace(_ name: String) -> String { "\(name) is there. Replace it?" }

  static func done(_ rows: Int, _ name: String) -> String {
    "Wrote \(Digits.counted(rows, "row")) to \(name)."
  }

  static func words(_ problem: DeskFile.NameProblem) -> String {
    switch problem {
    case .empty: "Type the name of the file first."
    case .slash: "The name is of a file in the folder, and holds no slash."
    case .dot: "The name does not begin with a dot."
    case .hidden: "The name holds characters that are not seen."
    case .long: "The name is too long; 200 bytes are the most."
    case .ending: "The name ends in .csv, .tsv or .json."
    }
  }
}
