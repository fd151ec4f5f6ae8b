"""Runs company-access as a child process, and takes fresh folders for it."""

import atexit
import os
import resource
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PRODUCTS = os.environ.get("COMPANY_ACCESS_PRODUCTS", os.path.join(ROOT, ".build", "debug"))
PROGRAM = os.path.join(PRODUCTS, "company-access")
SAMPLE = os.path.join(ROOT, "sample.db")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}
# Longer than anything takes on a busy machine; a hang is told from slowness by this alone.
PATIENCE = 60
# In memory, because thousands of runs that wait for a disk take hours and show the same.
SCRATCH = "/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir()


class Ended:
    """How a program ended, and what it wrote."""

    def __init__(self, status, output, errors):
        self.status = status
        self.text = (output + errors).decode("utf-8", "replace")

    def __str__(self):
        return f"status {self.status}: {' / '.join(self.text.split(chr(10)))[:300]}"


def run(words, around=(), patience=PATIENCE, memory=None, environment=None):
    """Runs the program with these words; `around` is a command that runs it in turn.

    The status is that of a shell: 128 and the number for a signal. None after `patience`.
    """

    def limit():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    command = list(around) + [PROGRAM] + list(words)
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment or ENVIRONMENT, preexec_fn=limit, start_new_session=True,
    ) as child:
        try:
            output, errors = child.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, 9)
            output, errors = child.communicate()
            return Ended(None, output, errors)
    status = child.returncode
    return Ended(status if status >= 0 else 128 - status, output, errors)


class Folder:
    """A folder of its own that goes away with the block it is used in, or with the program."""

    scratch = None

    def __init__(self, parent=None):
        if parent is None and Folder.scratch is None:
            Folder.scratch = tempfile.mkdtemp(prefix="company-access-faults-", dir=SCRATCH)
            atexit.register(shutil.rmtree, Folder.scratch, ignore_errors=True)
        self.path = tempfile.mkdtemp(prefix="company-access-faults-", dir=parent or Folder.scratch)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        shutil.rmtree(self.path, ignore_errors=True)

    def file(self, name):
        return os.path.join(self.path, name)

    def fill(self, source):
        """Makes its content that of another folder."""
        for name in os.listdir(self.path):
            path = self.file(name)
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
        shutil.copytree(source, self.path, dirs_exist_ok=True)
