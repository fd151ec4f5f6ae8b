internal import AccessDesk
internal import CProcess
internal import Glibc

cprocess_harden()
exit(Program().run())
