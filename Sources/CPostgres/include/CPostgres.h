#pragma once
#include <stddef.h>

// The functions of libpq, PostgreSQL's client library, that this program calls.
//
// The library is loaded when a PostgreSQL database is opened and not before: linking it would cost
// every other command the start of some twenty libraries. Its headers are not needed to build: what
// is declared here is the part of its interface that no version has changed.

struct cpostgres_connection;
struct cpostgres_result;
struct cpostgres_cancel;

/// A parameter of a connection, as PQconndefaults lists it (PQconninfoOption).
struct cpostgres_option {
  char *keyword;
  char *environment;
  char *compiled;
  char *value;
  char *label;
  char *display;
  int size;
};

enum cpostgres_status { cpostgres_ok = 0, cpostgres_bad = 1 };

enum cpostgres_polling { cpostgres_polling_failed = 0, cpostgres_polling_reading = 1,
  cpostgres_polling_writing = 2, cpostgres_polling_ok = 3 };

enum cpostgres_transaction { cpostgres_idle = 0, cpostgres_active = 1, cpostgres_in_transaction = 2,
  cpostgres_in_error = 3, cpostgres_unknown = 4 };

enum cpostgres_answer { cpostgres_empty = 0, cpostgres_command_ok = 1, cpostgres_tuples_ok = 2,
  cpostgres_copy_out = 3, cpostgres_copy_in = 4, cpostgres_bad_response = 5,
  cpostgres_nonfatal_error = 6, cpostgres_fatal_error = 7, cpostgres_copy_both = 8,
  cpostgres_single_tuple = 9 };

typedef struct cpostgres_connection *cpostgres_connection_ref;
typedef struct cpostgres_result *cpostgres_result_ref;

struct cpostgres_functions {
  struct cpostgres_option *(*conndefaults)(void);
  void (*conninfoFree)(struct cpostgres_option *);
  struct cpostgres_connection *(*connectStart)(const char *);
  int (*connectPoll)(struct cpostgres_connection *);
  void (*finish)(struct cpostgres_connection *);
  int (*status)(const struct cpostgres_connection *);
  int (*transactionStatus)(const struct cpostgres_connection *);
  char *(*errorMessage)(const struct cpostgres_connection *);
  int (*serverVersion)(const struct cpostgres_connection *);
  int (*socket)(const struct cpostgres_connection *);
  int (*connectionNeedsPassword)(const struct cpostgres_connection *);
  void *(*setNoticeProcessor)(struct cpostgres_connection *, void (*)(void *, const char *), void *);
  int (*setErrorVerbosity)(struct cpostgres_connection *, int);
  int (*setnonblocking)(struct cpostgres_connection *, int);
  int (*flush)(struct cpostgres_connection *);
  int (*consumeInput)(struct cpostgres_connection *);
  int (*isBusy)(struct cpostgres_connection *);
  int (*sendQuery)(struct cpostgres_connection *, const char *);
  int (*sendPrepare)(struct cpostgres_connection *, const char *, const char *, int,
    const unsigned *);
  int (*sendQueryParams)(struct cpostgres_connection *, const char *, int, const unsigned *,
    const char *const *, const int *, const int *, int);
  int (*sendQueryPrepared)(struct cpostgres_connection *, const char *, int, const char *const *,
    const int *, const int *, int);
  int (*setSingleRowMode)(struct cpostgres_connection *);
  struct cpostgres_result *(*getResult)(struct cpostgres_connection *);
  int (*putCopyData)(struct cpostgres_connection *, const char *, int);
  int (*putCopyEnd)(struct cpostgres_connection *, const char *);
  int (*getCopyData)(struct cpostgres_connection *, char **, int);
  void (*freemem)(void *);
  int (*resultStatus)(const struct cpostgres_result *);
  char *(*resultErrorField)(const struct cpostgres_result *, int);
  char *(*resultErrorMessage)(const struct cpostgres_result *);
  void (*clear)(struct cpostgres_result *);
  int (*ntuples)(const struct cpostgres_result *);
  int (*nfields)(const struct cpostgres_result *);
  char *(*fname)(const struct cpostgres_result *, int);
  unsigned (*ftype)(const struct cpostgres_result *, int);
  char *(*getvalue)(const struct cpostgres_result *, int, int);
  int (*getlength)(const struct cpostgres_result *, int, int);
  int (*getisnull)(const struct cpostgres_result *, int, int);
  char *(*cmdTuples)(struct cpostgres_result *);
  struct cpostgres_cancel *(*getCancel)(struct cpostgres_connection *);
  int (*cancel)(struct cpostgres_cancel *, char *, int);
  void (*freeCancel)(struct cpostgres_cancel *);
};

/// Loads libpq, once for the process.
///
/// Null if it cannot be loaded, or lacks a function; `problem` then gets what the linker says. Both
/// stay valid as long as the process runs. May be called by several threads.
const struct cpostgres_functions *cpostgres_load(const char **problem);
