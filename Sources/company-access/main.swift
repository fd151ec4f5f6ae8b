internal import AccessDesk
internal import Glibc

let program = Program { _ in
  write(STDERR_FILENO, "company-access: this build has no desk\n", 39)
  return 69
}
exit(program.run(Array(CommandLine.arguments.dropFirst())))
