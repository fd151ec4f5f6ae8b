#pragma once
#include <sqlite3.h>

// Swift cannot call variadic C functions, and does not import macros that are casts.

static inline int csqlite_db_config(sqlite3 *db, int option, int value, int *result) {
  return sqlite3_db_config(db, option, value, result);
}

// Reads bytes of the database file as it is, without a lock and without its journal. Through the
// descriptor of SQLite, because closing one of our own would release every lock of the process.
static inline int csqlite_read(sqlite3 *db, void *buffer, int count, sqlite3_int64 offset) {
  sqlite3_file *file = 0;
  int code = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK || !file || !file->pMethods) return SQLITE_ERROR;
  return file->pMethods->xRead(file, buffer, count, offset);
}

static inline sqlite3_destructor_type csqlite_transient(void) { return SQLITE_TRANSIENT; }

// SQLite reads this global when it makes a temporary file. The text must stay where it is, because
// another thread may be reading it.
static inline void csqlite_set_temporary_folder(char *folder) {
  __atomic_store_n(&sqlite3_temp_directory, folder, __ATOMIC_RELEASE);
}
