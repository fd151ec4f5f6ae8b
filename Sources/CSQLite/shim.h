#pragma once
#include <sqlite3.h>

// Swift cannot call variadic C functions, and does not import macros that are casts.

static inline int csqlite_db_config(sqlite3 *db, int option, int value, int *result) {
  return sqlite3_db_config(db, option, value, result);
}

static inline sqlite3_destructor_type csqlite_transient(void) { return SQLITE_TRANSIENT; }
