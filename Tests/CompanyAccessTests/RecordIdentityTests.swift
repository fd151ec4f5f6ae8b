import Glibc
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
}
