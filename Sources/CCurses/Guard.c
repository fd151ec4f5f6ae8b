#define _GNU_SOURCE
#include "Guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

typedef struct {
  char bytes[512];
  size_t count;
} sequence;

static sequence give_back;
static sequence take;
static struct termios modes_before;
static struct termios our_modes;
static volatile sig_atomic_t is_ours;
static volatile sig_atomic_t real_errors = -1;
static volatile sig_atomic_t held_errors = -1;

static const int crashes[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { crash_count = sizeof crashes / sizeof *crashes };
static struct sigaction actions_before[crash_count];

static void write_all(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

void guard_send(const char *bytes, size_t count) { write_all(STDOUT_FILENO, bytes, count); }

// While the screen is ours, a message of libc, SQLite or the Swift runtime would be painted over
// and lost with the alternate screen.
static void hold_errors(void) {
  if (held_errors >= 0 || !isatty(STDERR_FILENO)) return;
  int original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
  int memory = memfd_create("stderr", MFD_CLOEXEC);
  if (original < 0 || memory < 0 || dup2(memory, STDERR_FILENO) < 0) {
    if (original >= 0) close(original);
    if (memory >= 0) close(memory);
    return;
  }
  real_errors = original;
  held_errors = memory;
}

static void release_errors(void) {
  if (held_errors < 0) return;
  dup2(real_errors, STDERR_FILENO);
  char bytes[512];
  off_t offset = 0;
  ssize_t count;
  while ((count = pread(held_errors, bytes, sizeof bytes, offset)) > 0) {
    write_all(STDERR_FILENO, bytes, (size_t)count);
    offset += count;
  }
  close(held_errors);
  close(real_errors);
  held_errors = real_errors = -1;
}

static void copy(sequence *to, const char *bytes, size_t count) {
  to->count = count < sizeof to->bytes ? count : sizeof to->bytes;
  memcpy(to->bytes, bytes, to->count);
}

int guard_remember_modes(void) { return tcgetattr(STDIN_FILENO, &modes_before); }

void guard_set_strings(
    const char *give_back_bytes, size_t give_back_count, const char *take_bytes,
    size_t take_count) {
  copy(&give_back, give_back_bytes, give_back_count);
  copy(&take, take_bytes, take_count);
}

void guard_give_back(void) {
  if (!is_ours) return;
  is_ours = 0;
  guard_send(give_back.bytes, give_back.count);
  tcsetattr(STDIN_FILENO, TCSANOW, &modes_before);
  release_errors();
}

void guard_take_again(void) {
  // The shell may have other modes now than when we came.
  tcgetattr(STDIN_FILENO, &modes_before);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &our_modes);
  hold_errors();
  is_ours = 1;
  guard_send(take.bytes, take.count);
}

static void crash(int number) {
  static atomic_flag is_entered = ATOMIC_FLAG_INIT;
  // Another thread crashed at the same time: it ends the process.
  while (atomic_flag_test_and_set(&is_entered)) pause();
  guard_give_back();
  // Not the handler that was there before: the runtime's would ask questions on the terminal.
  signal(number, SIG_DFL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  raise(number);
  sigprocmask(SIG_UNBLOCK, &one, NULL);
}

void guard_begin(void) {
  // A stack of its own, since the crash may be that ours is full.
  static char stack[65536];
  const stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  struct sigaction action = {.sa_handler = crash, .sa_flags = SA_ONSTACK};
  for (int i = 0; i < crash_count; i++) sigaddset(&action.sa_mask, crashes[i]);
  // In the background, changing the terminal's modes would stop the process instead.
  sigaddset(&action.sa_mask, SIGTTOU);
  for (int i = 0; i < crash_count; i++) sigaction(crashes[i], &action, &actions_before[i]);
  tcgetattr(STDIN_FILENO, &our_modes);
  hold_errors();
  is_ours = 1;
}

void guard_end(void) {
  for (int i = 0; i < crash_count; i++) sigaction(crashes[i], &actions_before[i], NULL);
}
