// Feeds readers of untrusted text with what libFuzzer makes up; see scripts/fuzz.
// Usage: fuzz-readers arguments|csv|times|filter [what libFuzzer takes]
internal import Glibc

#if FUZZING
  private typealias Body = @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
  private typealias Words = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  @_silgen_name("LLVMFuzzerRunDriver")
  private func runFuzzer(
    _ count: UnsafeMutablePointer<Int32>, _ words: UnsafeMutablePointer<Words>, _ body: Body
  ) -> Int32

  setenv("TZ", "Europe/Berlin", 1)
  guard CommandLine.arguments.count > 1, let reader = Reader(rawValue: CommandLine.arguments[1])
  else {
    print("one of: " + Reader.allCases.map(\.rawValue).joined(separator: ", "))
    exit(64)
  }
  // libFuzzer calls a C function, which can hold nothing.
  let chosen = reader

  // The name of the reader is not for libFuzzer.
  var count = CommandLine.argc - 1
  var words = CommandLine.unsafeArgv + 1
  words[0] = CommandLine.unsafeArgv[0]
  let status = withUnsafeMutablePointer(to: &words) { words in
    runFuzzer(&count, words) { start, count in
      chosen.read(Array(UnsafeBufferPointer(start: start, count: count)))
      return 0
    }
  }
  exit(status)
#else
  print("built without -DFUZZING; scripts/fuzz builds it")
  exit(69)
#endif
