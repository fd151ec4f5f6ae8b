#pragma once

// For the executable only, never for the library: it changes the whole process.
//
// An executable that is linked with this loses, before the Swift runtime starts, the variables
// with which others could steer it: those of the Swift runtime (a crash would run a program that
// one of them names), those that bring another terminal description (it could send anything to
// the terminal), HOME among them, those that name a folder of locales, time zones, character sets
// or temporary files, those that tell libpq and the libraries below it where to connect to, what to
// trust and what to load (PG... but for PGPASSFILE, PGSERVICEFILE and PGPASSWORD), and LINES and COLUMNS (they would make curses take any amount of memory).

/// The rest, first thing in `main`: a crash leaves no core file, and ends the process at once,
/// without a report of its registers and without a prompt on the terminal.
void cprocess_harden(void);

/// What HOME was before it was removed; null if it was not set.
const char *cprocess_home(void);
