"""How large a file is, beside one of version 1 with the same users, companies and grants."""

import os

from databases import ACCESS
from measure import Line, Run, answer, copy, ours, paired, shell


def size(data):
    """Both without free pages, so that nothing but the layout counts."""
    earlier = data.version_one()
    packed = data.packed(data.base())

    def megabytes(path):
        return Run(0, 0, size=os.path.getsize(path) / 1e6)

    per_grant = bytes_per_grant(packed) / bytes_per_grant(earlier)
    line = Line(
        f"size of the file with {data.sizes.grants:,} grants", 1.12, measure="size",
        note=f"version 1; {bytes_per_grant(packed):.0f} bytes a grant and its record, "
        f"{bytes_per_grant(earlier):.0f} there, {per_grant:.2f} times")
    return paired(line, lambda: megabytes(packed), lambda: megabytes(earlier), pairs=1)


def bytes_per_grant(path):
    """What the grants take, those that have ended included, without users, companies and changes."""
    taken = answer(path, f"""
        SELECT sum(s.pgsize) FROM dbstat AS s JOIN sqlite_schema AS m ON m.name = s.name
        WHERE s.aggregate = TRUE AND m.tbl_name IN ('{ACCESS}', 'company_access_current_grant',
          'company_access_ended_grant', 'company_access_history')""")
    return int(taken) / int(answer(path, f"SELECT count(*) FROM {ACCESS}"))


def upgraded(data):
    """Bringing version 1 over, against writing the whole file once more."""
    earlier = data.version_one()
    work = data.path("work.db")

    def mine():
        copy(earlier, work)
        result = ours(work, "schema", "upgrade")
        for name in os.listdir(data.folder):
            if name.startswith("work.db.before-"):
                os.unlink(data.path(name))
        return result

    def other():
        copy(earlier, work)
        return shell(work, "VACUUM;")

    line = Line(
        f"upgrade of a version-1 file with {data.sizes.grants:,} grants", 8, note="VACUUM of it")
    return paired(line, mine, other, pairs=3)


def lines(data):
    yield "size", lambda: size(data)
    yield "upgrade", lambda: upgraded(data)
