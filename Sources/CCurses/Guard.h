#pragma once
#include <stddef.h>

// Giving the terminal back, in a signal handler too. Everything is prepared beforehand.

/// Remembers the terminal's modes, as they are to be given back.
int guard_remember_modes(void);

/// What is sent when the screen is given back, and when it is taken again.
void guard_set_strings(
    const char *give_back, size_t give_back_count, const char *take, size_t take_count);

/// From now on the screen is ours, in the terminal's modes of this moment: a crash gives it back
/// before it ends the process, and what is written to standard error waits until then.
void guard_begin(void);

/// Sends bytes to the terminal, all of them unless it is gone.
void guard_send(const char *bytes, size_t count);

/// Gives it back. Async-signal-safe.
void guard_give_back(void);

/// Takes it again, in our modes.
void guard_take_again(void);

/// Ends the watch for crashes.
void guard_end(void);
