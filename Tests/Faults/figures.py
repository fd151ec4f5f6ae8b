"""Rows of figures: how many points were swept, and how many were good."""

import os
import sys


class Figures:
    """Collects rows, prints them as a table, and keeps them for a larger table."""

    def __init__(self):
        self.rows = []
        self.failures = []

    def add(self, what, swept, failures, note=""):
        """A row; each failure is a sentence that says where and what."""
        good = swept - len(failures)
        self.rows.append((what, swept, good, note))
        self.failures += [f"{what}: {failure}" for failure in failures]
        path = os.environ.get("COMPANY_ACCESS_FIGURES")
        if path:
            with open(path, "a", encoding="utf-8") as file:
                file.write(f"{what}\t{swept}\t{good}\t{note}\n")

    def skipped(self, what, why):
        """A row for what could not be done here."""
        self.add(what, 0, [], why)

    def print(self):
        print_table(self.rows)
        for failure in self.failures[:100]:
            print("  BAD  " + failure)
        if len(self.failures) > 100:
            print(f"  and {len(self.failures) - 100} more")


def print_table(rows):
    """Prints what, swept, good and a note in columns."""
    print(f"{'what':<44} {'swept':>9} {'good':>9}  note")
    for what, swept, good, note in rows:
        mark = "" if swept == good else "  <-- falls short"
        print(f"{what:<44} {swept:>9} {good:>9}  {note}{mark}")


def total(path):
    """The rows of a file, those of one name added up."""
    rows = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            what, swept, good, note = line.rstrip("\n").split("\t")
            before = rows.get(what, (0, 0, ""))
            rows[what] = (before[0] + int(swept), before[1] + int(good), note)
    return [(what, *rest) for what, rest in rows.items()]


if __name__ == "__main__":
    table = total(sys.argv[1])
    print_table(table)
    sys.exit(any(swept != good for _, swept, good, _ in table))
