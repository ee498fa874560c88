#!/usr/bin/env python3
"""Draws sentences at random for annotation: draw.py TEXTS.jsonl N SEED [--pool K] [--without DRAWN.jsonl]...

TEXTS.jsonl: one document a line, as `irenic extract --with-text` writes it; only `source_sha256` and `text` are read, so
that nobody sees what the program found. Writes one sentence a line: hash, byte offsets, and its number in the document.
The draw is the same for the same texts, number and seed.
"""
import argparse, json, random, re, sys

ABBREVIATIONS = "Mr Mrs Ms Dr Prof St Gen Col Maj Lt Capt Sgt Gov Sen Rep No vs cf ca approx Jr Sr Inc Ltd Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec pp ed eds trans vol ch etc al".split()
APPENDIX = re.compile(r"^(see also|further reading|external links|references|notes|bibliography|sources|citations)$", re.I)
END = re.compile(r"""[.!?](?:["”’')\]]|\[\w+\])*(?=\s+["“‘'(\[]*[A-Z0-9])""")


def blocks(text):
    """Stretches between blank lines that are running prose: no table rows, headings, notes, digests' heads or appendices."""
    at = 0
    for block in re.split(r"(\n\s*\n)", text):
        start, at = at, at + len(block)
        stripped = block.strip()
        if APPENDIX.match(stripped):
            return
        if not stripped or " | " in block or re.match(r"\[\w+\]|\^|–|A digest in our own words", stripped):
            continue
        if len(stripped.split()) < 6 or not re.search(r"""[.!?](?:["”’')\]]|\[\w+\])*$""", stripped):
            continue
        yield start, block


def sentences(text):
    for start, block in blocks(text):
        left = 0
        for end in END.finditer(block):
            word = re.search(r"([\w.]+)$", block[: end.start()])
            word = word.group(1) if word else ""
            if end.group() == "." and (word in ABBREVIATIONS or re.fullmatch(r"(?:\w\.)*[A-Z]", word)):
                continue
            yield start + left, start + end.end()
            left = end.end()
        if block[left:].strip():
            yield start + left, start + len(block)


def trimmed(text, start, end):
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def shares(lengths, number):
    """How many from each: by length, at least one each; largest remainders first."""
    fixed = {key: 1 for key in lengths}
    while True:
        free = {key: n for key, n in lengths.items() if fixed.get(key) != 1 or number * n / sum(lengths.values()) > 1}
        left = number - (len(lengths) - len(free))
        quota = {key: left * n / sum(free.values()) for key, n in free.items()}
        low = [key for key, q in quota.items() if q < 1]
        if not low:
            break
        lengths = {key: (0 if key in low else n) for key, n in lengths.items()}
    out = {key: 1 for key in lengths}
    out.update({key: int(q) for key, q in quota.items()})
    for key in sorted(quota, key=lambda k: -(quota[k] % 1))[: number - sum(out.values())]:
        out[key] += 1
    return out


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("texts")
    args.add_argument("number", type=int)
    args.add_argument("seed", type=int)
    args.add_argument("--without", action="append", default=[])
    args.add_argument("--pool", type=int, help="so many from the documents too short for a share, drawn together")
    args = args.parse_args()
    known = set()
    for name in args.without:
        known |= {tuple(json.loads(line)[k] for k in ("sha256", "start")) for line in open(name)}
    documents = {}
    for line in open(args.texts):
        value = json.loads(line)
        documents[value["source_sha256"]] = value["text"]
    found = {}
    for sha, text in documents.items():
        seen, mine = set(), []
        for start, end in sentences(text):
            start, end = trimmed(text, start, end)
            words = text[start:end]
            if words in seen or len(words.split()) < 4:
                continue
            seen.add(words)
            span = (len(text[:start].encode()), len(text[:end].encode()))
            mine.append(span)
        found[sha] = mine
    lengths = {sha: sum(b - a for a, b in mine) for sha, mine in found.items()}
    free = {sha: [(sha, *span) for span in found[sha] if (sha, span[0]) not in known] for sha in sorted(found)}
    pooled = []
    if args.pool:
        # Short: less than a hundredth of all text.
        short = [sha for sha in lengths if lengths[sha] * 100 < sum(lengths.values())]
        pooled = [(sum((free[sha] for sha in sorted(short)), []), args.pool)]
        lengths = {sha: n for sha, n in lengths.items() if sha not in short}
    number = shares(lengths, args.number - (args.pool or 0))
    chance = random.Random(args.seed)
    drawn = []
    for left, share in [(free[sha], number[sha]) for sha in sorted(lengths)] + pooled:
        drawn += chance.sample(left, min(share, len(left)))
    for sha, start, end in sorted(drawn):
        print(json.dumps({"sha256": sha, "start": start, "end": end}))


main()
