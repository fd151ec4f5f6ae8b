#include <sys/vfs.h>

#include "CSystem.h"

unsigned csystem_file_system(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (unsigned)status.f_type : 0;
}
