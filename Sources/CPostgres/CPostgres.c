#include "CPostgres.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct cpostgres_functions functions;
static char problem_text[512];
static int is_loaded;

static const struct { const char *name; size_t offset; } symbols[] = {
#define SYMBOL(symbol, member) {symbol, offsetof(struct cpostgres_functions, member)}
    SYMBOL("PQconndefaults", conndefaults),
    SYMBOL("PQconninfoFree", conninfoFree),
    SYMBOL("PQconnectStart", connectStart),
    SYMBOL("PQconnectPoll", connectPoll),
    SYMBOL("PQfinish", finish),
    SYMBOL("PQstatus", status),
    SYMBOL("PQtransactionStatus", transactionStatus),
    SYMBOL("PQerrorMessage", errorMessage),
    SYMBOL("PQserverVersion", serverVersion),
    SYMBOL("PQsocket", socket),
    SYMBOL("PQconnectionNeedsPassword", connectionNeedsPassword),
    SYMBOL("PQsetNoticeProcessor", setNoticeProcessor),
    SYMBOL("PQsetErrorVerbosity", setErrorVerbosity),
    SYMBOL("PQsetnonblocking", setnonblocking),
    SYMBOL("PQflush", flush),
    SYMBOL("PQconsumeInput", consumeInput),
    SYMBOL("PQisBusy", isBusy),
    SYMBOL("PQsendQuery", sendQuery),
    SYMBOL("PQsendPrepare", sendPrepare),
    SYMBOL("PQsendQueryParams", sendQueryParams),
    SYMBOL("PQsendQueryPrepared", sendQueryPrepared),
    SYMBOL("PQsetSingleRowMode", setSingleRowMode),
    SYMBOL("PQgetResult", getResult),
    SYMBOL("PQputCopyData", putCopyData),
    SYMBOL("PQputCopyEnd", putCopyEnd),
    SYMBOL("PQgetCopyData", getCopyData),
    SYMBOL("PQfreemem", freemem),
    SYMBOL("PQresultStatus", resultStatus),
    SYMBOL("PQresultErrorField", resultErrorField),
    SYMBOL("PQresultErrorMessage", resultErrorMessage),
    SYMBOL("PQclear", clear),
    SYMBOL("PQntuples", ntuples),
    SYMBOL("PQnfields", nfields),
    SYMBOL("PQfname", fname),
    SYMBOL("PQftype", ftype),
    SYMBOL("PQgetvalue", getvalue),
    SYMBOL("PQgetlength", getlength),
    SYMBOL("PQgetisnull", getisnull),
    SYMBOL("PQcmdTuples", cmdTuples),
    SYMBOL("PQgetCancel", getCancel),
    SYMBOL("PQcancel", cancel),
    SYMBOL("PQfreeCancel", freeCancel),
#undef SYMBOL
};

static void load(void) {
  void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *why = dlerror();
    snprintf(problem_text, sizeof problem_text, "%s", why ? why : "libpq.so.5 cannot be loaded");
    return;
  }
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    void *function = dlsym(library, symbols[i].name);
    if (!function) {
      snprintf(problem_text, sizeof problem_text, "libpq.so.5 has no %s", symbols[i].name);
      return;
    }
    *(void **)((char *)&functions + symbols[i].offset) = function;
  }
  is_loaded = 1;
}

const struct cpostgres_functions *cpostgres_load(const char **problem) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  *problem = is_loaded ? NULL : problem_text;
  return is_loaded ? &functions : NULL;
}
