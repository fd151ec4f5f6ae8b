import Glibc
import TestSupport

/// The content of a file as text; nil if it cannot be read.
func readFile(_ path: String) -> String? {
  (try? TestSupport.readFile(path)).map { String(decoding: $0, as: UTF8.self) }
}

func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }
