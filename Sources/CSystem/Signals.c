#define _GNU_SOURCE
#include "CSystem.h"

#include <pthread.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

// The handlers of the one thread that reads signals, as they were before.
static struct {
  pthread_t reader;
  sigset_t taken;
  sigset_t mask;
  struct sigaction actions[NSIG];
} before;

// Runs only in a thread that was started before the signals were blocked.
static void pass_on(int number) { pthread_kill(before.reader, number); }

int csystem_take_signals(const int *signals, int count) {
  struct sigaction action = {.sa_handler = pass_on, .sa_flags = SA_RESTART};
  before.reader = pthread_self();
  sigemptyset(&before.taken);
  for (int i = 0; i < count; i++) {
    int number = signals[i];
    if (sigaction(number, NULL, &before.actions[number]) != 0) return -1;
    if (before.actions[number].sa_handler != SIG_IGN) sigaddset(&before.taken, number);
  }
  if (pthread_sigmask(SIG_BLOCK, &before.taken, &before.mask) != 0) return -1;
  for (int number = 1; number < NSIG; number++) {
    if (sigismember(&before.taken, number) == 1) sigaction(number, &action, NULL);
  }
  int descriptor = signalfd(-1, &before.taken, SFD_CLOEXEC | SFD_NONBLOCK);
  if (descriptor < 0) csystem_return_signals();
  return descriptor;
}

void csystem_return_signals(void) {
  for (int number = 1; number < NSIG; number++) {
    if (sigismember(&before.taken, number) == 1) {
      sigaction(number, &before.actions[number], NULL);
    }
  }
  sigemptyset(&before.taken);
  pthread_sigmask(SIG_SETMASK, &before.mask, NULL);
}

int csystem_next_signal(int descriptor) {
  struct signalfd_siginfo info;
  return read(descriptor, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

void csystem_stop(int number) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  struct sigaction current;
  sigset_t one;
  sigset_t mask;
  sigemptyset(&one);
  sigaddset(&one, number);
  sigaction(number, &standard, &current);
  pthread_sigmask(SIG_UNBLOCK, &one, &mask);
  raise(number);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(number, &current, NULL);
}
