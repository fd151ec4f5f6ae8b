#pragma once

// For the executable only, never for the library: it changes the whole process.
//
// An executable that is linked with this loses, before the Swift runtime starts, the variables
// with which others could steer it: SWIFT_* (a crash would run a program that one of them
// names), those that bring another terminal description (it could send anything to the
// terminal), and LINES and COLUMNS (they would make curses take any amount of memory).

/// The rest, first thing in `main`: a crash leaves no core file, and ends the process at once,
/// without a report of its registers and without a prompt on the terminal.
void cprocess_harden(void);
