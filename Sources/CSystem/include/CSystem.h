#pragma once
#include <sys/types.h>

// What Swift's Glibc module does not show: functions behind _GNU_SOURCE, and macros.

/// Makes LC_CTYPE a UTF-8 locale: the environment's if it is one, else C.UTF-8.
void csystem_use_utf8(void);

/// Columns of a Unicode scalar as libc counts them; -1 if it is not printable or not assigned.
int csystem_width(unsigned scalar);

/// Gives the memory that is free in the process back to the system.
void csystem_release_memory(void);

/// A counter to poll, for waking a thread from others. -1 with errno on failure.
int csystem_event_counter(void);
void csystem_event_add(int descriptor);
void csystem_event_drain(int descriptor);

/// Takes the signals, but for those that are ignored, away from their handlers, and returns a
/// descriptor to read them from in the calling thread. To be called before other threads are
/// started, so that they inherit the mask. -1 with errno on failure.
int csystem_take_signals(const int *signals, int count);

/// Undoes that; what is pending then takes effect.
void csystem_return_signals(void);

/// The next signal that waits there, or 0.
int csystem_next_signal(int descriptor);

/// Stops the process as the signal (SIGTSTP, SIGTTOU) does by default, until it is continued.
/// Returns at once when no process could continue it: the kernel then does not stop it.
void csystem_stop(int number);

/// Starts a program on a new pseudo-terminal. Returns the master's descriptor, or -1.
int csystem_spawn_on_terminal(
    const char *path, char *const arguments[], char *const environment[], int rows, int columns,
    pid_t *process);

/// Sets the size of a terminal; the kernel tells its programs. 0, or -1 with errno.
int csystem_resize_terminal(int descriptor, int rows, int columns);

/// A pipe, its ends closed in programs that are started: ends[0] is read. 0, or -1 with errno.
int csystem_pipe(int ends[2]);

/// The exit code of a wait status, or the negative number of the signal that ended it.
int csystem_exit_status(int status);

/// The number of the file system that a file is on, as in linux/magic.h; 0 if there is no such file.
unsigned csystem_file_system(const char *path);

/// Marks an open file as being in use until the descriptor is closed, also by a kill. If it is
/// marked already: waits, or fails. 0, or -1 with errno.
int csystem_hold_file(int descriptor, int waits);

/// Whether a file is marked by another descriptor, or cannot be asked.
int csystem_is_file_held(int descriptor);
