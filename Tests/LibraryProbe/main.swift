import CompanyAccess
import Glibc

// Answers questions to an open store, one a line of standard input: `WHAT REPEAT [TIME]`.
// Prints the elapsed and the processor seconds of each. scripts/bench measures the library with it.

func seconds(_ clock: clockid_t) -> Double {
  var now = timespec()
  clock_gettime(clock, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

/// Asks once.
func ask(_ what: Substring, _ store: AccessStore, _ moment: Moment, _ subject: Subject) throws {
  switch what {
  case "users": _ = try store.users(UserQuery(), limit: 50, at: moment)
  case "count": _ = try store.count(UserQuery(), at: moment)
  case "coverage": _ = try store.coverage(at: moment)
  case "check": _ = try store.mayEnter(subject.user, subject.company, at: moment)
  default: throw Unknown(what: String(what))
  }
}

struct Unknown: Error { let what: String }

/// A user and a company from the middle of their lists.
struct Subject {
  let user: UserID
  let company: CompanyID

  init(_ store: AccessStore) throws {
    let users = try store.users(UserQuery(), limit: 100).rows
    let companies = try store.companies(CompanyQuery(), limit: 100).rows
    user = users[users.count / 2].user.id
    company = companies[companies.count / 2].company.id
  }
}

let store = try AccessStore.open(CommandLine.arguments[1], access: .readOnly)
let subject = try Subject(store)
while let line = readLine() {
  let words = line.split(separator: " ")
  var moment = Moment.now
  if words.count > 2 {
    let time = Timestamp(stored: words.dropFirst(2).joined(separator: " "))
    moment = try store.moment(at: time).moment
  }
  let (wall, processor) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
  for _ in 0..<(Int(words[1]) ?? 1) { try ask(words[0], store, moment, subject) }
  print(seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - processor)
  fflush(nil)
}
