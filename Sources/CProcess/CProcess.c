#include "CProcess.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static char no_backtrace[] = "SWIFT_BACKTRACE=enable=no";

static int is_dangerous(const char *variable) {
  static const char *const beginnings[] = {"SWIFT_",   "TERMINFO=", "TERMINFO_DIRS=", "TERMCAP=",
                                           "TERMPATH=", "LINES=",    "COLUMNS="};
  for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
    if (strncmp(variable, beginnings[i], strlen(beginnings[i])) == 0) return 1;
  }
  return 0;
}

// Runs before the constructors of all libraries, because the Swift runtime reads its variables
// in one: nothing that `main` does is early enough. libc has its pointer to the array of
// variables, so they are removed in place; for adding one there is room only where one was.
static void scrub(int count, char **arguments, char **environment) {
  (void)count;
  (void)arguments;
  char **kept = environment;
  char **variable = environment;
  for (; *variable; variable++) {
    if (!is_dangerous(*variable)) *kept++ = *variable;
  }
  if (kept < variable) *kept++ = no_backtrace;
  *kept = NULL;
}

__attribute__((section(".preinit_array"), used, retain)) static void (*scrub_first)(
    int, char **, char **) = scrub;

// Where no variable was there to be replaced, the runtime has its handlers by now.
static void drop_crash_handlers(void) {
  static const int signals[] = {SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    struct sigaction action;
    sigaction(signals[i], NULL, &action);
    if (action.sa_handler != SIG_IGN) signal(signals[i], SIG_DFL);
  }
}

void cprocess_harden(void) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  drop_crash_handlers();
  putenv(no_backtrace);
}
