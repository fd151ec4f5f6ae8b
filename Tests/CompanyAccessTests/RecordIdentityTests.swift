import Glibc
import Database
import Testing

@testable import CompanyAccess

@Suite struct TimeOrderedIDTests {
  @Test func isAUUIDOfVersion7() {
    let id = Array(TimeOrderedID.next().utf8)
    #expect(id.count == 32)
    #expect(id.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    #expect(id[12] == UInt8(ascii: "7"))
    #expect("89ab".utf8.contains(id[16]))
  }

  @Test func growsWithinAMillisecondAndWhenTheClockGoesBack() {
    let far: UInt64 = 0x0fff_0000_0000
    var made = TimeOrderedID()
    var ids = (0..<5_000).map { _ in made.next(at: far) }
    ids.append(made.next(at: 5))
    ids.append(made.next(at: far + 1))
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
    #expect(ids[0].hasPrefix("0fff00000000"))
    #expect(ids[5_000].hasPrefix("0fff00000000"))
    #expect(ids[5_001].hasPrefix("0fff00000001"))
  }
}

@Suite struct ActorTests {
  @Test func isTheRealUserAndWhoSignedIn() {
    #expect(Actor.describe(user: 0, signedIn: nil, host: "hq") == "root@hq")
    #expect(Actor.describe(user: 0, signedIn: 0, host: "hq") == "root@hq")
    #expect(Actor.describe(user: 0, signedIn: 65534, host: "hq") == "root(nobody)@hq")
    #expect(Actor.describe(user: 4_000_000_001, signedIn: nil, host: "hq") == "4000000001@hq")
  }

  @Test func knowsThatNobodySignedIn() {
    #expect(Actor.signedInUser(from: "4294967295".utf8) == nil)
    #expect(Actor.signedInUser(from: "1000\n".utf8) == 1_000)
    #expect(Actor.signedInUser(from: "".utf8) == nil)
  }

  @Test func isNotTakenFromTheEnvironment() {
    #expect(Actor.current.hasPrefix(Actor.name(getuid())))
  }

  @Test("When a user was created stays the same where an undo has brought the user back")
  func created() throws {
    let desk = try Desk()
    let user = EntityID.user(UserID(2))
    #expect(try desk.store.created(user)?.text == "2026-01-01")
    try desk.store.apply(
      try desk.store.plan(.entity(EntityEdit(.add(.user), values: ["username": "eve"]))))
    let eve = try EntityID.user(desk.store.user(named: "eve").id)
    // Without a time of the row, that of the change tells.
    try desk.other.execute("UPDATE company_access_user_lifetime SET created_at = NULL")
    let change = try #require(try desk.store.changes(ChangeQuery(), limit: 1).first)
    #expect(try desk.store.created(eve) == change.at)
    let gone = try desk.store.apply(try desk.store.plan(.entity(EntityEdit(.delete(eve)))))
    try desk.store.apply(try desk.store.plan(.undo(try #require(gone.change))))
    try desk.other.execute("UPDATE company_access_user_lifetime SET created_at = NULL")
    #expect(try desk.store.created(eve) == change.at)
    #expect(try desk.store.created(user) == nil)
  }
}
