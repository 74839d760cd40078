"""Writes a model with the shape of DeepSeek-R1-Distill-Qwen-7B and random weights: random_model.py FOLDER-OF-A-QWEN2-TOKENIZER FOLDER [--small]

Speed depends on the shape of weights, not on what they say. The shape: config.json of deepseek-ai/DeepSeek-R1-Distill-Qwen-7B.
"""

import argparse
import pathlib
import shutil

import torch
from transformers import Qwen2Config, Qwen2ForCausalLM

arguments = argparse.ArgumentParser()
arguments.add_argument("source", type=pathlib.Path)
arguments.add_argument("target", type=pathlib.Path)
arguments.add_argument("--small", action="store_true", help="two layers, 128 wide, for a machine without a GPU")
chosen = arguments.parse_args()
source, target = chosen.source, chosen.target
large = dict(hidden_size=3584, intermediate_size=18944, num_hidden_layers=28, num_attention_heads=28)
small = dict(hidden_size=128, intermediate_size=512, num_hidden_layers=2, num_attention_heads=4)
config = Qwen2Config(
    vocab_size=152064,
    **(small if chosen.small else large),
    num_key_value_heads=4,
    max_position_embeddings=131072,
    rope_theta=10000,
    rms_norm_eps=1e-6,
    tie_word_embeddings=False,
    bos_token_id=151646,
    eos_token_id=151643,
)
torch.manual_seed(0)
torch.set_default_dtype(torch.bfloat16)
with torch.device("cuda" if torch.cuda.is_available() else "cpu"):
    model = Qwen2ForCausalLM(config)
target.mkdir(parents=True)
for name in ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "vocab.json", "merges.txt"]:
    if (source / name).exists():
        shutil.copy(source / name, target / name)
model.save_pretrained(target)
print(f"{sum(weights.numel() for weights in model.parameters()) / 1e9:.2f} billion weights in {target}")
