"""Damaged copies of the sample: opened, listed, granted in."""

import random
import struct

import program

MUTANTS, SAMPLED_MUTANTS = 10_000, 240
PATIENCE = 5
# Done or no; unknown names; not a database, damaged or without tables; disk, busy, permission.
ORDERLY = {0, 1, 66, 67, 74, 75, 77}
CALLS = [
    ["users"], ["companies", "--format", "json"], ["grant", "h_baker", "NYC", "LA"], ["stats"],
    ["log"], ["users", "--company", "NYC"], ["undo", "--yes"], ["bulk-grant", "--yes"],
]


def run(table, pool, chosen, options):
    """Makes mutants and works with them; the program must end soon and in order."""
    with open(program.SAMPLE, "rb") as file:
        sample = file.read()
    count = MUTANTS if options.full else SAMPLED_MUTANTS
    work = [(sample, chosen.randrange(2**31)) for _ in range(count)]
    outcomes = pool.starmap(attempt, work, chunksize=4)
    refused = sum(1 for _, is_refused in outcomes if is_refused)
    table.add(
        "damaged files", count, [p for p, _ in outcomes if p], f"{refused} refused as damaged")


def attempt(sample, seed):
    chosen = random.Random(seed)
    kind = chosen.choice(KINDS)
    mutant = kind(bytearray(sample), chosen)
    calls = [CALLS[0], CALLS[2], chosen.choice(CALLS)]
    refused = False
    with program.Folder() as folder:
        path = folder.file("hrm.db")
        with open(path, "wb") as file:
            file.write(mutant)
        for call in calls:
            ended = program.run(["--db", path] + call, patience=PATIENCE)
            refused = refused or ended.status == 66
            if ended.status is None:
                return f"seed {seed}, {kind.__name__}, {call}: no end in {PATIENCE} s", refused
            if not is_orderly(ended):
                return f"seed {seed}, {kind.__name__}, {call}: {ended}", refused
    return None, refused


def is_orderly(ended):
    """Whether it is an answer, a refusal, or a question: roles may be others in a mutant.

    A letter of a statement in the schema may have become another one: that is another schema, and
    is refused as such.
    """
    return ended.status in ORDERLY or (
        ended.status == 64 and "no user would be left" in ended.text) or (
        ended.status == 65 and " was left as it is: " in ended.text)


def flipped_bits(data, chosen):
    for _ in range(chosen.choice([1, 1, 2, 5, 20, 200])):
        data[chosen.randrange(len(data))] ^= 1 << chosen.randrange(8)
    return data


def other_bytes(data, chosen):
    start = chosen.randrange(len(data))
    for place in range(start, min(len(data), start + chosen.choice([1, 4, 16, 64]))):
        data[place] = chosen.randrange(256)
    return data


def damaged_page_headers(data, chosen):
    for _ in range(chosen.choice([1, 3])):
        start = page(chosen, data) * page_size(data)
        data[start + chosen.randrange(12)] = chosen.randrange(256)
    return data


def truncated(data, chosen):
    size = page_size(data)
    end = chosen.randrange(len(data) // size + 1) * size + chosen.choice([-1, 0, 1, 17])
    return data[: max(0, end)]


def zeroed_page(data, chosen):
    size = page_size(data)
    start = page(chosen, data) * size
    data[start:start + size] = bytes(size)
    return data


def exchanged_pages(data, chosen):
    size = page_size(data)
    one, other = page(chosen, data) * size, page(chosen, data) * size
    data[one:one + size], data[other:other + size] = (
        data[other:other + size], data[one:one + size])
    return data


def absurd_header(data, chosen):
    place, length = chosen.choice([
        (16, 2), (18, 1), (19, 1), (20, 1), (21, 1), (22, 1), (23, 1), (24, 4), (28, 4), (32, 4),
        (36, 4), (40, 4), (44, 4), (48, 4), (52, 4), (56, 4), (60, 4), (64, 4), (68, 4), (92, 4),
        (96, 4)])
    value = chosen.choice([0, 1, 2, 3, 255, 0x7FFFFFFF, 0xFFFFFFFF, chosen.randrange(2**32)])
    data[place:place + length] = struct.pack(">I", value)[-length:]
    return data


def damaged_schema(data, chosen):
    """Other text of the same length in the statements that make the tables."""
    words = [b"hrm_users", b"TABLE", b"INDEX", b"TRIGGER", b"began_change", b"user_id", b"INTEGER",
             b"CHECK", b"PRIMARY KEY", b"REFERENCES"]
    word = chosen.choice(words)
    place = data.find(word, chosen.randrange(len(data) // 2))
    if place >= 0:
        data[place:place + len(word)] = bytes(chosen.randrange(1, 256) for _ in word)
    return data


KINDS = [
    flipped_bits, flipped_bits, other_bytes, damaged_page_headers, truncated, zeroed_page,
    exchanged_pages, absurd_header, damaged_schema,
]


def page_size(data):
    return struct.unpack(">H", data[16:18])[0] or 4_096


def page(chosen, data):
    return chosen.randrange(len(data) // page_size(data))
