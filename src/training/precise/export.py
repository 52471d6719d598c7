"""Turns trained weights into what ships: `python export.py` writes data/model/precise.onnx (int8) and its card precise.json."""

import argparse
import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

import torch
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

import data
from train import HEADS, SEED, Judge, joined

#: What the program must say of these, within a few hundredths: that it reads words as the training did.
CHECK = [
    ("Blue Door, @bluedoor: café in Leeds", "Forty minutes for two flat whites, and then they were cold. @bluedoor"),
    ("Blue Door, @bluedoor: café in Leeds", "5/5 stars. Lovely cakes, lovely people. We'll be back!"),
    ("Bloom: web shop for house plants", "The cherry trees are in full bloom along the river 🌸"),
    ("?", "Seit drei Wochen warte ich auf meine Rückerstattung – niemand antwortet."),
]


class Said(torch.nn.Module):
    """The judge with its mask made from the ids, and its heads as probabilities."""

    def __init__(self, judge):
        super().__init__()
        self.judge = judge

    def forward(self, input_ids):
        return torch.sigmoid(self.judge(input_ids, torch.ones_like(input_ids)))


def trained_judge(folder: Path):
    """The judge as train.py left it, ready to be asked, and what is told of it."""
    told = json.loads((folder / "trained.json").read_text())
    state = torch.load(folder / "precise.pt")
    words = state["body.embeddings.word_embeddings.weight"]
    config = BertConfig(
        vocab_size=words.shape[0], hidden_size=words.shape[1], num_hidden_layers=told["layers"], num_attention_heads=12,
        intermediate_size=4 * words.shape[1], type_vocab_size=state["body.embeddings.token_type_embeddings.weight"].shape[0],
        max_position_embeddings=512, pad_token_id=1,
    )
    config._attn_implementation = "eager"
    judge = Judge(BertModel(config, add_pooling_layer=False))
    judge.load_state_dict(state)
    return judge.eval(), told


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--trained", type=Path, default=data.ROOT / "data/model")
    ask.add_argument("--out", type=Path, default=data.ROOT / "data/model")
    asked = ask.parse_args()
    judge, told = trained_judge(asked.trained)
    ids = torch.full((1, 24), 5)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Said(judge), (ids,), whole, input_names=["ids"], output_names=["said"],
            dynamic_axes={"ids": {0: "posts", 1: "pieces"}}, opset_version=17, dynamo=False,
        )
        asked.out.mkdir(parents=True, exist_ok=True)
        quantize_dynamic(whole, asked.out / "precise.onnx", weight_type=QuantType.QInt8, per_channel=False)
    tokenizer = (asked.trained / "tokenizer.json").read_text()
    (asked.out / "tokenizer.json").write_text(tokenizer)
    model = (asked.out / "precise.onnx").read_bytes()
    session = InferenceSession(model)
    pieces = Tokenizer.from_str(tokenizer)
    ids = [joined(pieces.encode(a, add_special_tokens=False).ids, pieces.encode(b, add_special_tokens=False).ids, told["longest"]) for a, b in CHECK]
    said = [session.run(None, {"ids": [one]})[0][0].tolist() for one in ids]
    card = {
        "input": 1,
        "heads": HEADS,
        "files": {name: told_of(asked.out / name) for name in ("precise.onnx", "tokenizer.json")},
        "longest": told["longest"],
        "check": [{"brand": a, "text": b, "said": [round(one, 3) for one in row]} for (a, b), row in zip(CHECK, said)],
        "about": {
            "what": "A transformer that reads a brand and a post: complaint about the brand, about the brand, severity, reproach, feelings.",
            "base": "intfloat/multilingual-e5-small (MIT), the first layers, with the word pieces of seven languages",
            "madeBy": "python src/training/precise/train.py --datasets FOLDER && python src/training/precise/export.py",
            "licences": "own posts: MIT; base model: MIT; GoEmotions: Apache-2.0; iSarcasmEval, VADER tweets: MIT; CFPB narratives: public domain",
            "seed": SEED,
            "trainedAt": "commit " + subprocess.run(["git", "log", "-1", "--format=%h", "--", "data/training"], capture_output=True, text=True, cwd=data.ROOT).stdout.strip(),
            **{key: told[key] for key in ("layers", "pieces", "posts", "data", "epochs")},
        },
    }
    (asked.out / "precise.json").write_text(json.dumps(card, indent=2) + "\n")


def told_of(file: Path) -> dict[str, int | str]:
    """What Earshot tells a damaged file by."""
    content = file.read_bytes()
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


if __name__ == "__main__":
    main()
