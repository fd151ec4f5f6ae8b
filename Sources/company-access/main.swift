internal import AccessDesk
internal import CProcess
internal import Glibc

cprocess_harden()
let home = cprocess_home().map { String(cString: $0) }
exit(Program(home: home).run())
