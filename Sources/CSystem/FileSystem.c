#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/vfs.h>

#include "CSystem.h"

unsigned csystem_file_system(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (unsigned)status.f_type : 0;
}

// The first byte, which SQLite never locks. A lock of the open file, not of the process, is not
// lost when the process closes another descriptor of the same file.
static struct flock first_byte(void) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
  return lock;
}

int csystem_hold_file(int descriptor, int waits) {
  struct flock lock = first_byte();
  return fcntl(descriptor, waits ? F_OFD_SETLKW : F_OFD_SETLK, &lock);
}

int csystem_is_file_held(int descriptor) {
  struct flock lock = first_byte();
  return fcntl(descriptor, F_OFD_GETLK, &lock) != 0 || lock.l_type != F_UNLCK;
}
