"""Makes the fast judge's word vectors from the trained transformer: `node src/training/vocabulary.ts | python words.py`.

Each word is read alone, asked for nobody; what the transformer's body makes of it (the mean that the heads look at) is cut down to
the directions in which words differ most, each as wide as the others, in int8. Nothing but our own model is needed.
"""

import argparse
import struct
import sys
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

import data
from export import trained_judge
from train import joined

DIRECTIONS = 32
#: Standard deviations at which a direction is cut off.
WIDEST = 3.0


def hash_of(word: str) -> int:
    """FNV-1a over UTF-16 units, 32 bits: as src/findings/judges/signs.ts has it."""
    value = 0x811C9DC5
    units = struct.unpack(f"<{len(word.encode('utf-16-le')) // 2}H", word.encode("utf-16-le"))
    for unit in units:
        value = ((value ^ unit) * 0x01000193) & 0xFFFFFFFF
    return value


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--trained", type=Path, default=data.ROOT / "data/model")
    ask.add_argument("--out", type=Path, default=data.ROOT / "data/model")
    asked = ask.parse_args()
    words = [line.rstrip("\n").split("\t") for line in sys.stdin]
    judge, told = trained_judge(asked.trained)
    pieces = Tokenizer.from_file(str(asked.trained / "tokenizer.json"))
    nobody = pieces.encode(data.NOBODY, add_special_tokens=False).ids
    states = []
    with torch.no_grad():
        for at in range(0, len(words), 256):
            ids = [joined(nobody, pieces.encode(written, add_special_tokens=False).ids, told["longest"]) for _, written in words[at : at + 256]]
            longest = max(len(one) for one in ids)
            filled = torch.tensor([one + [1] * (longest - len(one)) for one in ids])
            states.append(judge.read(filled, (filled != 1).long()).float().numpy())
    seen = np.concatenate(states)
    heads = judge.heads.weight.detach().numpy()
    centred = seen - seen.mean(0)
    # What the heads look at first, then what is left, by how far words lie apart in it.
    ours, _ = np.linalg.qr(heads.T)
    rest = centred - centred @ ours @ ours.T
    _, _, others = np.linalg.svd(rest, full_matrices=False)
    directions = np.concatenate([ours.T, others[: DIRECTIONS - len(heads)]])
    cut = centred @ directions.T
    cut = np.clip(cut / cut.std(0) / WIDEST, -1, 1)
    rows = {}
    for (word, _), row in zip(words, np.round(cut * 127).astype(np.int8)):
        rows.setdefault(hash_of(word), row)
    with (asked.out / "words.bin").open("wb") as file:
        file.write(struct.pack("<II", len(rows), DIRECTIONS))
        for key in sorted(rows):
            file.write(struct.pack("<I", key))
        for key in sorted(rows):
            file.write(rows[key].tobytes())


if __name__ == "__main__":
    main()
