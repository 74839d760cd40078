"""Writes the weights of a Qwen2 in bfloat16 from its GGUF file, tensors beside each other on all cores: weights_from_gguf.py FILE HEADER OUT.

HEADER is the beginning of the safetensors file that gguf_to_hugging_face.py made of the same GGUF elsewhere, up to its first weight (`head -c` of 8 bytes and the length
that they hold); OUT is that file again, byte for byte. It takes 18 s of a core where transformers takes 40 of one alone.
"""

import json
import os
import re
import struct
import sys
from multiprocessing import get_context

import gguf
import torch

PARTS = {
    "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
}
OTHERS = {"token_embd.weight": "model.embed_tokens.weight", "output.weight": "lm_head.weight", "output_norm.weight": "model.norm.weight"}
# Rows of a tensor that one process takes at a time.
ROWS = 8192

file, header, out = sys.argv[1:]
with open(header, "rb") as source:
    beginning = source.read()
places = json.loads(beginning[8:])
begins = 8 + struct.unpack("<Q", beginning[:8])[0]
tensors = {tensor.name: tensor for tensor in gguf.GGUFReader(file).tensors}


def name_of(name):
    if name in OTHERS:
        return OTHERS[name]
    layer, part, kind = re.fullmatch(r"blk\.(\d+)\.(\w+)\.(weight|bias)", name).groups()
    return f"model.layers.{layer}.{PARTS[part]}.{kind}"


def write(job):
    name, first = job
    tensor = tensors[name]
    values = gguf.quants.dequantize(tensor.data[first : first + ROWS], tensor.tensor_type)
    bits = torch.tensor(values).to(torch.bfloat16).view(torch.uint16).numpy()
    start, _ = places[name_of(name)]["data_offsets"]
    width = bits[0].nbytes if bits.ndim > 1 else bits.itemsize
    os.pwrite(descriptor, bits.tobytes(), begins + start + first * width)


descriptor = os.open(out, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
if __name__ == "__main__":
    unknown = {name_of(name) for name in tensors} ^ (places.keys() - {"__metadata__"})
    if unknown:
        sys.exit(f"GGUF and header differ in {sorted(unknown)}")
    torch.set_num_threads(1)
    os.pwrite(descriptor, beginning, 0)
    jobs = [(name, first) for name, tensor in tensors.items() for first in range(0, len(tensor.data), ROWS)]
    # Forked, they have the tensors and the file that is written; a new process would empty it.
    with get_context("fork").Pool() as pool:
        pool.map(write, jobs, chunksize=1)
