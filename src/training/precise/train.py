"""Trains the precise judge and writes it to data/model: `python train.py --datasets FOLDER` (see requirements.txt).

A small transformer reads the brand and the post as two sentences; five heads on its averaged output give the probability of a
complaint about the brand, that it is about the brand, severity and reproach (0 to 1, of 4), and how positive and negative it
is. The seed is fixed; on another processor the weights differ in the last digits (see the model card).
"""

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, mse_loss

import base
import data

SEED = 20261122
HEADS = ["complaint", "about", "severity", "reproach", "positive", "negative"]
LOSS = {"complaint": 1.0, "about": 0.5, "severity": 1.0, "reproach": 1.0, "positive": 0.3, "negative": 0.3}


class Judge(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.body = body
        self.drop = nn.Dropout(0.1)
        self.heads = nn.Linear(body.config.hidden_size, len(HEADS))

    def read(self, input_ids, attention_mask):
        states = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        seen = attention_mask.unsqueeze(-1).to(states.dtype)
        return (states * seen).sum(1) / seen.sum(1)

    def forward(self, input_ids, attention_mask):
        return self.heads(self.drop(self.read(input_ids, attention_mask)))


def joined(brand: list[int], text: list[int], longest: int) -> list[int]:
    """`<s> brand </s></s> text </s>`; of a long text its beginning and its end. precise-process.ts does the same."""
    head = [0, *brand[: data.BRAND_PIECES], 2, 2]
    room = longest - len(head) - 1
    kept = text if len(text) <= room else text[: room - data.END_PIECES] + text[-data.END_PIECES :]
    return [*head, *kept, 2]


def targets(one: data.Example):
    felt = one.sentiment or (None, None)
    values = [one.complaint, one.about, one.severity, one.reproach, felt[0], felt[1]]
    return [np.nan if value is None else value for value in values]


def batches(encoded, size: int, dice: random.Random):
    """Of like lengths, in random order."""
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]) + dice.random() * 6)
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    dice.shuffle(groups)
    for group in groups:
        longest = max(len(encoded[i][0]) for i in group)
        ids = torch.full((len(group), longest), 1)
        for place, i in enumerate(group):
            ids[place, : len(encoded[i][0])] = torch.tensor(encoded[i][0])
        yield ids, (ids != 1).long(), torch.tensor([encoded[i][1] for i in group]), torch.tensor([encoded[i][2] for i in group])


def loss_of(logits, wanted, weight):
    total = logits.new_zeros(())
    for place, head in enumerate(HEADS):
        known = ~torch.isnan(wanted[:, place])
        if not known.any():
            continue
        said, truth = logits[known, place].float(), wanted[known, place].float()
        if head in ("severity", "reproach"):
            each = mse_loss(torch.sigmoid(said), truth, reduction="none") * 4
        else:
            soft = truth * 0.96 + 0.02
            each = binary_cross_entropy_with_logits(said, soft, reduction="none")
        total = total + LOSS[head] * (each * weight[known]).sum() / len(weight)
    return total


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--datasets", type=Path, required=True)
    ask.add_argument("--layers", type=int, default=8)
    ask.add_argument("--pieces", type=int, default=30_000)
    ask.add_argument("--epochs", type=int, default=2)
    ask.add_argument("--longest", type=int, default=128)
    ask.add_argument("--steps", type=int, default=0, help="stop after so many, to try things")
    ask.add_argument("--out", type=Path, default=data.ROOT / "data/model")
    asked = ask.parse_args()
    torch.manual_seed(SEED)
    dice = random.Random(SEED)
    own = data.own_posts()
    others = data.public_sets(asked.datasets, dice)
    body, tokenizer = base.base_model(asked.layers, asked.pieces, [one.text for one in own + others] + [one.brand for one in own])
    model = Judge(body)

    def encode(examples):
        brands = tokenizer.encode_batch([one.brand or data.NOBODY for one in examples], add_special_tokens=False)
        texts = tokenizer.encode_batch([one.text for one in examples], add_special_tokens=False)
        return [
            (joined(brand.ids, text.ids, asked.longest), targets(one), one.weight)
            for brand, text, one in zip(brands, texts, examples)
        ]

    rounds = []
    for epoch in range(asked.epochs):
        part = own + data.without_brand(own, dice, 0.5)
        part += others[epoch :: asked.epochs]
        rounds.append(list(batches(encode(part), 32, dice)))
    steps = sum(len(one) for one in rounds)
    grouped = [
        {"params": [p for p in model.body.parameters()], "lr": 1e-4},
        {"params": model.heads.parameters(), "lr": 1e-3},
    ]
    optimiser = torch.optim.AdamW(grouped, weight_decay=0.01)
    warm = max(1, steps // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(s / warm, max(0.02, (steps - s) / (steps - warm))))
    model.train()
    began, step, run = time.time(), 0, 0.0
    for epoch, group in enumerate(rounds):
        for ids, mask, wanted, weight in group:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(ids, mask)
            loss = loss_of(logits, wanted, weight)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step, run = step + 1, run * 0.98 + loss.item() * 0.02
            if step % 25 == 0:
                spent = time.time() - began
                print(f"epoch {epoch} step {step}/{steps} loss {run / (1 - 0.98**step):.4f} {spent:.0f} s, {spent / step * (steps - step) / 60:.0f} min left", flush=True)
            if step == asked.steps:
                return
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), asked.out / "precise.pt")
    tokenizer.save(str(asked.out / "tokenizer.json"))
    (asked.out / "trained.json").write_text(json.dumps({"layers": asked.layers, "pieces": tokenizer.get_vocab_size(), "posts": len(own), "longest": asked.longest, "epochs": asked.epochs, "data": data.fingerprint(own)}))


if __name__ == "__main__":
    main()
