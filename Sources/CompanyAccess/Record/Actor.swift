internal import Glibc

/// Who makes a change, as far as the kernel knows; the environment is never asked.
enum Actor {
  /// The real user, and in brackets the login, if that is another one, at the host:
  /// `maria@hq`, or `root(maria)@hq` after sudo.
  static var current: String {
    describe(user: getuid(), signedIn: signedInUser(), host: host())
  }

  /// The login of the person at work: who signed in, which sudo does not change, or the real user.
  static var login: String { name(signedInUser() ?? getuid()) }

  static func describe(user: uid_t, signedIn: uid_t?, host: String) -> String {
    guard let signedIn, signedIn != user else { return "\(name(user))@\(host)" }
    return "\(name(user))(\(name(signedIn)))@\(host)"
  }

  /// The name of a user, or the number if there is no name.
  static func name(_ user: uid_t) -> String {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(user, &entry, &buffer, buffer.count, &found) == 0, found != nil,
      let name = entry.pw_name
    else { return String(user) }
    return String(cString: name)
  }

  /// The user of the login session, which sudo does not change; nil when there is none.
  private static func signedInUser() -> uid_t? {
    guard let stream = fopen("/proc/self/loginuid", "re") else { return nil }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = fread(&bytes, 1, bytes.count, stream)
    return signedInUser(from: bytes[..<count])
  }

  /// The user that the kernel's text names; the greatest number means none.
  static func signedInUser(from text: some Sequence<UInt8>) -> uid_t? {
    let digits = text.prefix { (0x30...0x39).contains($0) }
    guard let user = uid_t(String(decoding: Array(digits), as: UTF8.self)) else { return nil }
    return user == uid_t.max ? nil : user
  }

  static func host() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    return buffer.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
