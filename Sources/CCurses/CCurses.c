#define _GNU_SOURCE
#include "CCurses.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#if __has_include(<ncursesw/term.h>)
#include <ncursesw/term.h>
#else
#include <term.h>
#endif
// Common words, and macros.
#undef columns
#undef lines

#include "Guard.h"

static SCREEN *screen;
static const char *extras;
static const char *no_extras;
static const char *begin_frame;
static const char *end_frame;

// What curses writes to: once it has set the terminal's modes, a file in memory. A frame goes to
// the terminal in one piece, so that it is never seen without its glyphs.
static FILE *stream;

int ccurses_check_terminal(void) {
  int found = 0;
  // initscr and newterm would print a message and end the process.
  if (setupterm(NULL, STDOUT_FILENO, &found) != OK) return found == 1 ? 2 : 1;
  return cursor_address && clear_screen ? 0 : 2;
}

const char *ccurses_capability(const char *name) {
  const char *string = tigetstr(name);
  return string == (const char *)-1 ? NULL : string;
}

// MARK: Taking the screen and giving it back

static char collected[512];
static size_t collected_count;

static int collect(int byte) {
  if (collected_count < sizeof collected) collected[collected_count++] = (char)byte;
  return byte;
}

// Without the marks for padding that a description's strings may hold.
static void add(const char *string) {
  if (string) tputs(string, 1, collect);
}

static void prepare_guard(void) {
  static char back[sizeof collected];
  collected_count = 0;
  add(no_extras);
  add(exit_attribute_mode);
  add(orig_pair);
  add(cursor_normal);
  add(keypad_local);
  // A terminal without an alternate screen goes on below the picture.
  add(tiparm(cursor_address, LINES - 1, 0));
  add(exit_ca_mode);
  size_t back_count = collected_count;
  memcpy(back, collected, back_count);
  collected_count = 0;
  add(enter_ca_mode);
  add(keypad_xmit);
  add(extras);
  guard_set_strings(back, back_count, collected, collected_count);
}

// What curses leaves on: Ctrl-S would freeze the screen, and the terminal may have been set to
// seven bits.
static void leave_keys_alone(void) {
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) != 0) return;
  modes.c_iflag &= ~(tcflag_t)(IXON | ISTRIP);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
  def_prog_mode();
}

// Curses asks for the size once, believing these variables before the terminal: a terminal that
// claims to be huge would otherwise cost memory before we can say no.
static SCREEN *open_screen(int rows, int columns) {
  int terminal = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
  if (terminal < 0) return NULL;
  stream = fdopen(terminal, "w");
  if (!stream) return NULL;
  char number[16];
  snprintf(number, sizeof number, "%d", rows);
  setenv("LINES", number, 1);
  snprintf(number, sizeof number, "%d", columns);
  setenv("COLUMNS", number, 1);
  SCREEN *opened = newterm(NULL, stream, stdin);
  unsetenv("LINES");
  unsetenv("COLUMNS");
  return opened;
}

static int write_to_memory(void) {
  int memory = memfd_create("frame", MFD_CLOEXEC);
  if (memory < 0) return -1;
  int result = dup3(memory, fileno(stream), O_CLOEXEC);
  close(memory);
  return result < 0 ? -1 : 0;
}

// Modes that descriptions do not mention: pastes that can be told from keys, the mouse, and
// frames that are shown when they are complete.
static void choose_extras(int wants_mouse) {
  extras = no_extras = begin_frame = end_frame = "";
  // The sequences of ECMA-48 are all that nearly every terminal has, but some have others.
  if (strncmp(cursor_address, "\033[", 2) != 0) return;
  extras = wants_mouse ? "\033[?2004h\033[?1000h\033[?1006h" : "\033[?2004h";
  no_extras = wants_mouse ? "\033[?2026l\033[?1006l\033[?1000l\033[?2004l"
                          : "\033[?2026l\033[?2004l";
  begin_frame = "\033[?2026h";
  end_frame = "\033[?2026l";
}

int ccurses_start(int rows, int columns, int wants_mouse) {
  if (guard_remember_modes() != 0) return -1;
  screen = open_screen(rows, columns);
  if (!screen) return -1;
  choose_extras(wants_mouse);
  prepare_guard();
  cbreak();
  noecho();
  nonl();
  leave_keys_alone();
  guard_begin();
  if (write_to_memory() != 0) {
    guard_give_back();
    guard_end();
    return -1;
  }
  typeahead(-1);
  keypad(stdscr, TRUE);
  idlok(stdscr, FALSE);
  idcok(stdscr, FALSE);
  fputs(extras, stream);
  ccurses_send();
  return 0;
}

void ccurses_resize(int rows, int columns) {
  resizeterm(rows, columns);
  prepare_guard();
}

void ccurses_give_back(void) {
  curs_set(1);
  guard_give_back();
}

void ccurses_take_again(void) {
  guard_take_again();
  ccurses_forget_screen();
}

void ccurses_end(void) {
  guard_end();
  delscreen(screen);
  screen = NULL;
  fclose(stream);
}

// MARK: Painting

WINDOW *ccurses_screen(void) { return stdscr; }

void ccurses_forget_screen(void) { clearok(curscr, TRUE); }

int ccurses_has_colors(void) {
  return has_colors() && start_color() == OK && use_default_colors() == OK;
}

static int put(int byte) { return putc(byte, stream); }

static void move_to(int row, int column) { tputs(tiparm(cursor_address, row, column), 1, put); }

void ccurses_begin_frame(void) {
  fputs(begin_frame, stream);
  fflush(stream);
}

void ccurses_place(int row, int column, attr_t attributes, short pair, const char *utf8) {
  // Attributes come after the move: not every terminal keeps them on its way.
  move_to(row, column);
  vid_puts(attributes, pair, NULL, put);
  fputs(utf8, stream);
  vid_puts(A_NORMAL, 0, NULL, put);
}

void ccurses_settle(int row, int column) { move_to(row, column); }

void ccurses_end_frame(void) {
  fflush(stream);
  int memory = fileno(stream);
  if (lseek(memory, 0, SEEK_CUR) > (off_t)strlen(begin_frame)) {
    fputs(end_frame, stream);
    ccurses_send();
  } else {
    lseek(memory, 0, SEEK_SET);
  }
}

void ccurses_send(void) {
  fflush(stream);
  int memory = fileno(stream);
  off_t count = lseek(memory, 0, SEEK_CUR);
  char *bytes = count > 0 ? mmap(NULL, (size_t)count, PROT_READ, MAP_SHARED, memory, 0) : NULL;
  if (bytes && bytes != MAP_FAILED) {
    guard_send(bytes, (size_t)count);
    munmap(bytes, (size_t)count);
  }
  lseek(memory, 0, SEEK_SET);
}
