"""What the precise judge learns from: our own posts (data/training) and public sets whose licence allows shipped weights."""

import hashlib
import json
import random
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
#: Kinds of posts in which somebody else is complained of: without a brand to ask for they are complaints.
OF_OTHERS = {"about-rival", "switched-to-us", "about-third-party", "quoting", "comparison"}
#: Stands for the brand where nobody says whom to ask for.
NOBODY = "?"
#: Of the brand's words, and of the end of a text that is too long, so many pieces are read.
BRAND_PIECES, END_PIECES = 40, 32
SENTIMENTS = {"positive": (1.0, 0.0), "negative": (0.0, 1.0), "mixed": (1.0, 1.0), "neutral": (0.0, 0.0)}


@dataclass
class Example:
    """`brand` is the second sentence, empty where nobody says whom to ask for; None: not known, not learnt from."""

    text: str
    brand: str = ""
    complaint: float | None = None
    about: float | None = None
    severity: float | None = None
    reproach: float | None = None
    sentiment: tuple[float, float] | None = None
    weight: float = 1.0
    copy_of: str = ""


def is_learnt_from(identity: str) -> bool:
    """Of 256 rows of a public set 179 are learnt from; the others are measured. src/training/examples.ts chooses the same."""
    return hashlib.sha256(identity.encode()).digest()[0] < 179


def lines(path: Path):
    with path.open(encoding="utf8") as rows:
        for row in rows:
            if row.strip():
                yield json.loads(row)


def brand_words(brand: dict) -> str:
    names = [brand["name"], *brand.get("aliases", [])[:2], *("@" + one for one in brand.get("handles", [])[:1])]
    return f"{', '.join(names)}: {brand.get('about') or ''}".strip(": ")


def post_words(row: dict) -> str:
    rating = row.get("rating")
    stars = f"{rating['value']:g}/{rating['scale']:g} stars. " if rating else ""
    title = row.get("title")
    return stars + (f"{title}. " if title else "") + row["text"]


def own_posts() -> list[Example]:
    brands = {brand["id"]: brand for brand in lines(ROOT / "data/training/brands.jsonl")}
    made = []
    for path in sorted((ROOT / "data/training").glob("*.jsonl")):
        if path.name == "brands.jsonl":
            continue
        for row in lines(path):
            complaint, about = row["complaint"], row["about"] == "about"
            made.append(
                Example(
                    text=post_words(row),
                    brand=brand_words(brands[row["brand"]]),
                    complaint=float(complaint),
                    about=float(about),
                    severity=row["severity"] / 4 if complaint else None,
                    reproach=row["reproach"] / 4 if complaint else None,
                    sentiment=SENTIMENTS[row["sentiment"]],
                    copy_of=row["kind"],
                )
            )
    return made


def without_brand(own: list[Example], dice: random.Random, share: float) -> list[Example]:
    """Some of our posts again, with nobody to ask for and without stars: is anybody complained of?"""
    able = [one for one in own if not (one.copy_of in OF_OTHERS and not one.complaint)]
    made = []
    for one in dice.sample(able, int(len(able) * share)):
        text = one.text.split(" stars. ", 1)[-1]
        made.append(Example(text, "", one.complaint, None, one.severity, one.reproach, one.sentiment, 1.0))
    return made


def read_rows() -> dict[str, Example]:
    """What we read in rows of the public sets, by their ids: `n` no complaint, `u` nobody can tell, `c2.3` severity and reproach."""
    made = {}
    for line in (ROOT / "data/training/public-rows.tsv").read_text(encoding="utf8").splitlines():
        identity, label = line.split("\t")
        if label[0] == "c":
            severity, reproach = (float(one) / 4 for one in label[1:].split("."))
            made[identity] = Example("", complaint=1.0, severity=severity, reproach=reproach, weight=2.0)
        else:
            made[identity] = Example("", complaint=0.0 if label == "n" else None, weight=0.4)
    return made


def public_sets(folder: Path, dice: random.Random) -> list[Example]:
    """Real short posts, most of them read by us; chatter that is calm or glad; and complaints to a public office."""
    read = read_rows()
    polarity = {"positive": (1.0, 0.0), "negative": (0.0, 1.0), "neutral": (0.0, 0.0), "mixed": (1.0, 1.0)}

    def rows(name: str):
        return [row for row in lines(folder / name / "texts.jsonl") if is_learnt_from(row["id"])]

    def feeling(row: dict):
        if row["id"].startswith("vader"):
            return (1.0, 0.0) if row["label"] > 0.5 else (0.0, 1.0) if row["label"] < -0.5 else (0.0, 0.0)
        return polarity.get(row.get("polarity"))

    made, calm = [], []
    for row in [*rows("goemotions"), *rows("isarcasm-en"), *rows("vader-tweets")]:
        known = read.get(row["id"])
        if known:
            made.append(replace(known, text=row["text"], sentiment=feeling(row)))
        elif row.get("polarity") in ("positive", "neutral"):
            calm.append(Example(row["text"], complaint=0.0, sentiment=feeling(row), weight=0.4))
    made += dice.sample(calm, 2500)
    made += [Example(row["text"][:400], complaint=1.0, weight=0.4) for row in dice.sample(rows("cfpb"), 500)]
    dice.shuffle(made)
    return made


def fingerprint(examples: list[Example]) -> str:
    """The same for the same posts in the same order: stands in the model card."""
    return hashlib.sha256("\n".join(f"{one.text}|{one.brand}" for one in examples).encode()).hexdigest()[:16]
