// A program for the tests of connections: opens a location, runs a statement, and prints the first
// column of its rows.
internal import Database
internal import DatabasePostgres
internal import Glibc

/// Whether a library is in the memory of the process.
func isLoaded(_ name: String) -> Bool {
  guard let file = fopen("/proc/self/maps", "re") else { return true }
  defer { fclose(file) }
  var line: UnsafeMutablePointer<CChar>?
  var size = 0
  defer { free(line) }
  while getline(&line, &size, file) > 0, let line {
    if String(cString: line).contains(name) { return true }
  }
  return false
}

guard CommandLine.arguments.count == 3 else {
  print("usage: postgres-probe LOCATION STATEMENT")
  exit(64)
}
do {
  switch try DatabaseLocation(CommandLine.arguments[1], from: .argument) {
  case .file(let path):
    let connection = try Connection(path: path, mode: .readOnly)
    try connection.forEach(SQLStatement(stringLiteral: CommandLine.arguments[2])) {
      print($0.text(0))
    }
    print("libpq is \(isLoaded("libpq") ? "" : "not ")loaded")
  case .postgres(let location):
    var options = PostgresOptions()
    options.applicationName = "probe"
    let connection = try PostgresConnection(location, options)
    try connection.forEach(SQLStatement(stringLiteral: CommandLine.arguments[2])) {
      print($0.text(0))
    }
  }
} catch {
  let words = Array("\(error)\n".utf8)
  _ = write(STDERR_FILENO, words, words.count)
  exit(1)
}
