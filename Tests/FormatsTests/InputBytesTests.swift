import Formats
import Glibc
import Testing

struct InputBytesTests {
  @Test("A folder is told from a file")
  func aFolderIsTold() throws {
    let descriptor = open("/", O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    var input = InputBytes(descriptor: descriptor, path: "/")
    #expect(throws: InputError.folder(path: "/")) { try input.next() }
  }

  @Test("An error of the system is given with its number")
  func anErrorOfTheSystemIsGiven() {
    var input = InputBytes(descriptor: -1, path: "gone.csv")
    #expect(throws: InputError.failed(path: "gone.csv", errno: EBADF)) { try input.next() }
  }

  @Test("A silent pipe is read no longer when the reading is stopped")
  func aSilentPipeCanBeStopped() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    var input = InputBytes(descriptor: ends[0], path: "pipe") { true }
    #expect(throws: InputError.stopped) { try input.next() }
  }
}
