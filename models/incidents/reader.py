#!/usr/bin/env python3
"""Trains the second reader of incidents.

    fieldtest reader-lessons MUC4-DEV.jsonl lessons.jsonl
    fieldtest reader-lessons MUC4.jsonl all.jsonl
    python3 reader.py lessons.jsonl all.jsonl MODEL OUT

MODEL is the folder of all-mpnet-base-v2 (model.safetensors, tokenizer.json). Written are OUT/opinions.0.jsonl to
OUT/opinions.3.jsonl, what networks that have not learnt from a report say of it, and OUT/reader.safetensors, a network that
has learnt from all. There are four of the former, each without a quarter of the lessons; what only the second file has is
asked of the first. Needs PyTorch 2.9 and safetensors, and two and a half hours on two cores that multiply matrices of
bfloat16; --only trains one of the five. README.md says where MODEL comes from.
"""

import argparse
import json
import math
import random
import re
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import nn

PARTS = 4  # as in the training of what weighs the opinions
EPOCHS = 5
BATCH = 4
RATE = 7e-5
DEEPER = 0.95  # how much slower each layer learns than the one above
TOP = 10  # how much faster the questions learn
DROP = 0.1
LONGEST = 256  # pieces of a text with its ends; the program knows it too
WIDTH, HEADS, INNER, LAYERS = 768, 12, 3072, 12
BEFORE = 2  # rows of the places that are none
BUCKETS = 32  # of distances
QUESTIONS = ("role", "eff", "sent", "doc", "att")
WORD = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")


class Pieces:
    """The longest known beginning of a word, then the longest known continuation, and so on."""

    def __init__(self, path):
        self.known = json.loads(path.read_text())["model"]["vocab"]
        self.unknown, self.first, self.last = (self.known[name] for name in ("[UNK]", "<s>", "</s>"))
        self.words = {}

    def of_word(self, word):
        if word not in self.words:
            found, start = [], 0
            while start < len(word):
                mark = "##" if start else ""
                ends = range(len(word), start, -1)
                end = next((end for end in ends if mark + word[start:end] in self.known), None)
                if end is None:
                    found = [self.unknown]
                    break
                found.append(self.known[mark + word[start:end]])
                start = end
            self.words[word] = found
        return self.words[word]

    def of(self, text, offset):
        """The pieces of a text and where the words that they belong to begin."""
        matches = list(WORD.finditer(text.lower()))
        pieces = [(piece, offset + match.start()) for match in matches for piece in self.of_word(match.group())]
        return [piece for piece, _ in pieces], [start for _, start in pieces]


class Map(nn.Linear):
    """Weights are kept in 32 bits and used in those of what they multiply."""

    def forward(self, x):
        return F.linear(x, self.weight.to(x.dtype), self.bias.to(x.dtype))


class Norm(nn.LayerNorm):
    def __init__(self):
        super().__init__(WIDTH, eps=1e-5)

    def forward(self, x):
        return F.layer_norm(x, (WIDTH,), self.weight.to(x.dtype), self.bias.to(x.dtype), self.eps)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.o = Map(WIDTH, 3 * WIDTH), Map(WIDTH, WIDTH)
        self.n1 = Norm()
        self.i, self.u = Map(WIDTH, INNER), Map(INNER, WIDTH)
        self.n2 = Norm()
        self.drop = nn.Dropout(DROP)

    def forward(self, x, mask):
        count, length, _ = x.shape
        q, k, v = self.qkv(x).view(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        read = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.n1(x + self.drop(self.o(read.transpose(1, 2).reshape(count, length, WIDTH))))
        return self.n2(x + self.drop(self.u(F.gelu(self.i(x)))))


def buckets(behind):
    """Those of distances, as MPNet has them: near ones one by one, far ones by their logarithm, each side its own."""
    half, far = BUCKETS // 2, behind.abs()
    near = half // 2
    steps = torch.log(far.clamp(min=1) / near) / math.log(128 / near) * (half - near)
    return (behind > 0) * half + torch.where(far < near, far, (near + steps.long()).clamp(max=half - 1))


class Reader(nn.Module):
    def __init__(self, model):
        super().__init__()
        weights = load_file(model / "model.safetensors")
        pieces, places = (weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position"))
        places = places[BEFORE : BEFORE + LONGEST]
        self.w, self.p = nn.Embedding(*pieces.shape), nn.Embedding(*places.shape)
        self.d = nn.Embedding(BUCKETS, HEADS)
        self.n = Norm()
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS)])
        self.drop = nn.Dropout(DROP)
        self.role, self.eff = nn.Linear(2 * WIDTH, 5), nn.Linear(2 * WIDTH, 5)
        self.sent, self.doc, self.att = nn.Linear(WIDTH, 6), nn.Linear(WIDTH, 6), nn.Linear(WIDTH, 1)
        names = dict(
            qkv=[f"attention.attn.{part}" for part in "qkv"], o=["attention.attn.o"], n1=["attention.LayerNorm"],
            i=["intermediate.dense"], u=["output.dense"], n2=["output.LayerNorm"],
        )
        modules = [(self.n, ["embeddings.LayerNorm"])]
        for at, layer in enumerate(self.layers):
            modules += [(getattr(layer, own), [f"encoder.layer.{at}.{one}" for one in all]) for own, all in names.items()]
        with torch.no_grad():
            self.w.weight.copy_(pieces)
            self.p.weight.copy_(places)
            self.d.weight.copy_(weights["encoder.relative_attention_bias.weight"])
            for module, names in modules:
                module.weight.copy_(torch.cat([weights[f"{name}.weight"] for name in names]))
                module.bias.copy_(torch.cat([weights[f"{name}.bias"] for name in names]))
        # The embeddings of pieces that no report has would stay behind the others.
        self.w.weight.requires_grad_(False)

    def forward(self, ids, mask):
        length = ids.shape[1]
        place = torch.arange(length)
        x = self.drop(self.n(self.w(ids) + self.p.weight[:length])).bfloat16()
        near = self.d(buckets(place - place[:, None])).permute(2, 0, 1)
        mask = near + torch.zeros(mask.shape).masked_fill(~mask, -1e9)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask.bfloat16())
        return x.float()

    def tensors(self):
        """The weights, with what every distance adds to each head's scores, from the longest before to the longest behind."""
        own = {name: weights.contiguous() for name, weights in self.state_dict().items()}
        distances = self.d(buckets(torch.arange(1 - LONGEST, LONGEST))).T
        return own | {"distances": distances.detach().contiguous()}

    def answers(self, reports):
        """What is said of each report: of the whole, of its sentences, of its noun phrases and what became of them."""
        rows = [row for report in reports for row in report["rows"]]
        ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
        mask = torch.zeros(ids.shape, dtype=torch.bool)
        for at, row in enumerate(rows):
            ids[at, : len(row)] = torch.tensor(row)
            mask[at, : len(row)] = True
        x = self(ids, mask)
        sums = torch.cat([torch.zeros(len(rows), 1, WIDTH), x.cumsum(1)], 1)
        mean = lambda row, start, end: (sums[row, end] - sums[row, start]) / (end - start).clamp(min=1)[:, None]
        found, base = [], 0
        for report in reports:
            row, start, end = torch.tensor(report["where"]).T
            sentences = mean(row + base, start, end)
            phrases = torch.zeros(0, 2 * WIDTH)
            if report["spans"]:
                row, start, end, head, head_end = torch.tensor(report["spans"]).T
                phrases = torch.cat([mean(row + base, start, end), mean(row + base, head, head_end)], 1)
            own = slice(base, base + len(report["rows"]))
            pieces = x[own][mask[own]]
            whole = (torch.softmax(self.att(pieces), 0) * pieces).sum(0)
            found.append((
                self.doc(self.drop(whole)), self.sent(self.drop(sentences)),
                self.role(self.drop(phrases)), self.eff(self.drop(phrases)),
            ))
            base += len(report["rows"])
        return found


def prepare(report, pieces):
    """The texts of a report's sentences that are worth reading, and where sentences and noun phrases are in them."""
    # Spans are bytes; in these reports a byte is a letter.
    text = report["text"]
    assert text.isascii(), report["id"]
    most = LONGEST - 2
    texts, where, starts = [[]], {}, {}
    for at in report["worth"]:
        start, end = report["sentences"][at]
        own, own_starts = pieces.of(text[start:end], start)
        own, own_starts = own[:most], own_starts[:most]
        if texts[-1] and len(texts[-1]) + len(own) > most:
            texts.append([])
        first = len(texts[-1]) + 1
        where[at], starts[at] = (len(texts) - 1, first, first + len(own)), own_starts
        texts[-1] += own
    report["rows"] = [[pieces.first, *own, pieces.last] for own in texts]
    report["where"] = [where[at] for at in report["worth"]]
    report["own"] = [at for at, phrase in enumerate(report["phrases"]) if phrase["sentence"] in where]
    report["spans"] = []
    for at in report["own"]:
        phrase = report["phrases"][at]
        row, first, _ = where[phrase["sentence"]]
        within = lambda span: [k for k, x in enumerate(starts[phrase["sentence"]]) if span[0] <= x < span[1]]
        whole = within(phrase["span"]) or [0]
        head = within(phrase["head"]) or whole[-1:]
        report["spans"].append((row, first + whole[0], first + whole[-1] + 1, first + head[0], first + head[-1] + 1))


def loss_of(report, answers):
    whole, sentences, roles, effects = answers
    phrases = [report["phrases"][at] for at in report["own"]]
    loss = F.binary_cross_entropy_with_logits(whole, torch.tensor(report["kinds"], dtype=torch.float))
    loss = loss + F.cross_entropy(sentences, torch.tensor([report["tells"][at] for at in report["worth"]]))
    if phrases:
        right = torch.tensor([phrase["roles"] for phrase in phrases], dtype=torch.float)
        loss = loss + F.binary_cross_entropy_with_logits(roles, right, reduction="sum") / 30
        known = [(at, phrase["effect"]) for at, phrase in enumerate(phrases) if phrase["effect"] is not None]
        if known:
            rows, right = zip(*known)
            loss = loss + 0.3 * F.cross_entropy(effects[list(rows)], torch.tensor(right))
    return loss


def train(reports, model, steps_max=None):
    torch.manual_seed(1)
    random.seed(1)
    reader = Reader(model)
    groups = []
    for name, weights in reader.named_parameters():
        part, *rest = name.split(".")
        above = LAYERS - 1 - int(rest[0]) if part == "layers" else 0 if part in QUESTIONS else LAYERS
        faster = TOP if part in QUESTIONS else 1
        decay = 0 if weights.ndim < 2 else 0.01
        if weights.requires_grad:
            groups.append(dict(params=[weights], lr=RATE * faster * DEEPER**above, weight_decay=decay))
    optimizer = torch.optim.AdamW(groups, foreach=True)
    steps = EPOCHS * len(reports) // BATCH
    rate = lambda step: min((step + 1) / (0.1 * steps), max(0.02, (steps - step) / (0.9 * steps)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    done, total = 0, 0.0
    while done < steps:
        order = list(range(len(reports)))
        random.shuffle(order)
        # Reports of like length together, so that little is filled up.
        pools = [order[at : at + BATCH * 8] for at in range(0, len(order), BATCH * 8)]
        for pool in pools:
            pool.sort(key=lambda at: sum(map(len, reports[at]["rows"])))
        batches = [pool[at : at + BATCH] for pool in pools for at in range(0, len(pool), BATCH)]
        random.shuffle(batches)
        for batch in batches[: steps - done]:
            reader.train()
            batch = [reports[at] for at in batch]
            loss = sum(map(loss_of, batch, reader.answers(batch))) / len(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done, total = done + 1, total + loss.item()
            if done % 40 == 0:
                print(f"step {done} of {steps}: loss {total / 40:.3f}", flush=True)
                total = 0.0
            if done == steps_max:
                return reader
    return reader


@torch.no_grad()
def opinion(reader, report):
    reader.eval()
    whole, sentences, roles, effects = reader.answers([report])[0]
    spread = lambda count, at, rows: [dict(zip(at, rows.tolist())).get(place) for place in range(count)]
    phrases = len(report["phrases"])
    return dict(
        id=report["id"],
        kinds=torch.sigmoid(whole).tolist(),
        sentences=spread(len(report["sentences"]), report["worth"], torch.softmax(sentences, 1)),
        roles=spread(phrases, report["own"], torch.sigmoid(roles)),
        effects=spread(phrases, report["own"], torch.softmax(effects, 1)),
    )


def read(path, pieces):
    reports = [json.loads(line) for line in path.read_text().splitlines()]
    for report in reports:
        prepare(report, pieces)
    return reports


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", type=Path)
    parser.add_argument("all", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parts = [*map(str, range(PARTS)), "all"]
    parser.add_argument("--only", choices=parts, help="train one network: without this quarter of the lessons, or with all")
    parser.add_argument("--steps", type=int, help="stop each training after so many steps: for a trial")
    own = parser.parse_args()
    own.out.mkdir(parents=True, exist_ok=True)
    pieces = Pieces(own.model / "tokenizer.json")
    lessons, everything = read(own.lessons, pieces), read(own.all, pieces)
    learnt = {report["id"] for report in lessons}
    # What is not worth reading is neither learnt from nor asked about.
    worth = lambda reports: [report for report in reports if report["worth"]]
    for name in [own.only] if own.only else parts:
        if name == "all":
            print("with all reports", flush=True)
            reader = train(worth(everything), own.model, own.steps)
            save_file(reader.tensors(), own.out / "reader.safetensors")
            continue
        part = int(name)
        start, end = part * len(lessons) // PARTS, (part + 1) * len(lessons) // PARTS
        print(f"without reports {start} to {end}", flush=True)
        reader = train(worth(lessons[:start] + lessons[end:]), own.model, own.steps)
        unseen = lessons[start:end]
        if part == 0:
            unseen = unseen + [report for report in everything if report["id"] not in learnt]
        with open(own.out / f"opinions.{part}.jsonl", "w") as out:
            for report in worth(unseen):
                out.write(json.dumps(opinion(reader, report)) + "\n")


if __name__ == "__main__":
    main()
