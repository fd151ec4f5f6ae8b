import CompanyAccess

// Usage: AuditReport DATABASE REPORT
let (database, report) = (CommandLine.arguments[1], CommandLine.arguments[2])

let store = try AccessStore.open(database)
var auditors = UserQuery()
auditors.role = "Auditor"
var lines = try store.users(auditors, limit: 100).rows.map { summary in
  "\(summary.user.username) may enter \(summary.companies)"
}
let all = Intent.grant(.matching(auditors, except: []), .matching(CompanyQuery(), except: []))
let granted = try store.apply(try store.plan(all), reason: "yearly audit")
let ann = try store.user(named: "ann")
let acme = try store.company(named: "ACM")
lines.append("granted \(granted.added), ann: \(try store.mayEnter(ann.id, acme.id))")
let plan = try store.plan(.revoke(.these([ann.id]), .these([acme.id])))
try store.apply(plan, reason: "ann audits no friends")
let statistics = try store.statistics()
lines.append("\(statistics.coverage.grants) grants, \(statistics.usersWithoutAccess) with none")
try store.export(.grants, as: .csv, to: report, replacing: true)
for line in lines { print(line) }
