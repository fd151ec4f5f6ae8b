import TestSupport
import Testing

@Suite(.onEachEngine) struct ExpectCommandTests {
  let database: SmallDatabase

  init() throws { database = try SmallDatabase() }

  static let file = """
    ann, ACM, yes
    bob, ACM, no
    user -x: count 0
    isolated ACM CRD

    """

  @Test("What does not hold is listed with its line, and the exit code is 1")
  func table() throws {
    let result = try database.run("expect", "-", input: ExpectCommandTests.file)
    #expect(result.status == 1)
    #expect(result.stdout == "LINE  EXPECTED      FOUND\n   2  bob, ACM, no  yes\n")
    #expect(result.stderr == "4 expectations, of which 1 do not hold\n")
    let good = try database.run("expect", "-", input: "ann, ACM, yes\n")
    #expect(good.status == 0 && good.stdout.isEmpty)
    #expect(good.stderr == "1 expectation, and all hold\n")
  }

  @Test("JSON has the failures, and how many there are")
  func json() throws {
    let result = try database.run("expect", "--json", input: ExpectCommandTests.file)
    #expect(
      result.stdout == """
        {"failures":[
        {"line":2,"expected":"bob, ACM, no","found":"yes"}],"expectations":4,"failed":1}

        """)
    #expect(result.stderr.isEmpty)
  }

  @Test("TAP and JUnit have a result for each line")
  func testFormats() throws {
    let tap = try database.run("expect", "--format", "tap", input: ExpectCommandTests.file)
    #expect(tap.status == 1)
    #expect(
      tap.stdout == """
        TAP version 13
        1..4
        ok 1 - line 1: ann, ACM, yes
        not ok 2 - line 2: bob, ACM, no
          ---
          line: 2
          found: "yes"
          ...
        ok 3 - line 3: user -x: count 0
        ok 4 - line 4: isolated ACM CRD

        """)
    let junit = try database.run("expect", "--format", "junit", input: "bob, \"Bolt, Inc\", yes\n")
    #expect(
      junit.stdout == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
        <testsuite name="company-access expect" tests="1" failures="1" errors="0" skipped="0">
        <testcase classname="expect" name="line 1: bob, &quot;Bolt, Inc&quot;, yes"><failure \
        message="found: no"/></testcase>
        </testsuite>
        </testsuites>

        """)
    let other = try database.run("users", "--format", "tap")
    #expect(other.status == 64 && other.stderr.contains("--format is 'tap'"))
  }

  @Test("Lines that are not clear are all listed, and nothing is tested")
  func unclear() throws {
    let result = try database.run("expect", input: "ann, ACM, perhaps\nnobody, ACM, yes\n")
    #expect(result.status == 65 && result.stdout.isEmpty)
    #expect(result.stderr.hasPrefix("company-access: nothing was tested\nline 1: "))
    #expect(result.stderr.contains("\nline 2: no user 'nobody'"))
  }

  @Test("What is written holds, until a grant comes or goes")
  func write() throws {
    let path = database.folder.file("expected.txt")
    let written = try database.run("expect", "--write", path)
    #expect(written.status == 0 && written.stderr == "wrote 6 expectations to \(path)\n")
    #expect(try database.run("expect", path).status == 0)
    #expect(try database.run("expect", "--write", path).status == 73)
    #expect(try database.run("expect", "--write", path, "--force").status == 0)
    #expect(try database.run("expect", "--write", database.path, "--force").status == 73)
    _ = try database.run("grant", "ann", "Cord")
    let after = try database.run("expect", "--format", "csv", path)
    #expect(
      after.stdout == """
        line,expected,found\r
        3,user ann: exactly Acme,not expected: Cord\r
        7,company Cord: count 0,1\r

        """)
  }
}
