#pragma once
// Must come before curses' own header: gives the functions for wide characters.
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
// Functions rather than macros, which Swift does not see.
#define NCURSES_NOMACROS 1
#if __has_include(<ncursesw/curses.h>)
#include <ncursesw/curses.h>
#else
#include <curses.h>
#endif

// What Swift does not see of curses (its globals and macros), and the part of the driver that
// must work in a signal handler.

/// What `TERM` names: 0 a terminal to work with, 1 unknown, 2 one without cursor addressing.
int ccurses_check_terminal(void);

/// A string of the terminal's description, or NULL when it has none of that name.
const char *ccurses_capability(const char *name);

/// Starts curses on standard input and output with that size, which it never asks for again,
/// and takes the screen: pastes are marked, the mouse sends reports if it is wanted. 0, or -1.
int ccurses_start(int rows, int columns, int wants_mouse);

/// Tells curses of another size.
void ccurses_resize(int rows, int columns);

/// Gives the screen back: its modes, the alternate screen, what waits for standard error.
void ccurses_give_back(void);

/// Takes it again after that. What was on it is painted anew.
void ccurses_take_again(void);

/// Ends curses after the screen was given back.
void ccurses_end(void);

/// The window that is the screen.
WINDOW *ccurses_screen(void);

/// Paints everything anew at the next update.
void ccurses_forget_screen(void);

/// Whether curses can show colours upon the terminal's own background.
int ccurses_has_colors(void);

/// Before the update of curses that paints a frame.
void ccurses_begin_frame(void);

/// After that update: writes a glyph past curses, at an absolute position. Curses must believe
/// that there are blanks in the same attributes and colour pair.
void ccurses_place(int row, int column, attr_t attributes, short pair, const char *utf8);

/// After the glyphs: puts the cursor where curses believes it is.
void ccurses_settle(int row, int column);

/// Sends the frame to the terminal, if it has changed anything.
void ccurses_end_frame(void);

/// Sends all that curses has written.
void ccurses_send(void);

static inline attr_t ccurses_bold(void) { return WA_BOLD; }
static inline attr_t ccurses_dim(void) { return WA_DIM; }
static inline attr_t ccurses_underline(void) { return WA_UNDERLINE; }
static inline attr_t ccurses_reverse(void) { return WA_REVERSE; }
