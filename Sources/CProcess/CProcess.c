#include "CProcess.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static char no_backtrace[] = "SWIFT_BACKTRACE=enable=no";

static const char *home;

// What a variable begins with that a library reads to find a file of its own or to change what it
// sends. Names end with "="; the others are the beginnings of names.
static const char *const dangerous[] = {
    "SWIFT_",      "LIBDISPATCH_", "GLIBCXX_", "NCURSES_", "TERMINFO=", "TERMINFO_DIRS=",
    "TERMCAP=",    "TERMPATH=",    "LINES=",   "COLUMNS=", "TABSIZE=",  "BAUDRATE=",
    "CC=",         "COLORFGBG=",   "MOUSE_BUTTONS_123=",   "TMPDIR=",   "SQLITE_TMPDIR=",
    "GCONV_PATH=", "LOCPATH=",     "NLSPATH=", "TZDIR=",   "HOME=",
    // What libpq and the libraries below it read: where to connect to, what to trust, what to load.
    "PG",          "OPENSSL_",     "SSL_CERT_", "SSLKEYLOGFILE=", "KRB5", "LDAP", "SASL_",
};

// Of those, the ones that say where passwords and services are.
static const char *const harmless[] = {"PGPASSFILE=", "PGSERVICEFILE=", "PGPASSWORD="};

static int begins_with_one(const char *variable, const char *const *beginnings, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strncmp(variable, beginnings[i], strlen(beginnings[i])) == 0) return 1;
  }
  return 0;
}

static int is_dangerous(const char *variable) {
  return begins_with_one(variable, dangerous, sizeof dangerous / sizeof *dangerous) &&
         !begins_with_one(variable, harmless, sizeof harmless / sizeof *harmless);
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
    if (strncmp(*variable, "HOME=", 5) == 0) home = *variable + 5;
    if (!is_dangerous(*variable)) *kept++ = *variable;
  }
  if (kept < variable) *kept++ = no_backtrace;
  *kept = NULL;
}

__attribute__((section(".preinit_array"), used, retain)) static void (*scrub_first)(
    int, char **, char **) = scrub;

const char *cprocess_home(void) { return home; }

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
