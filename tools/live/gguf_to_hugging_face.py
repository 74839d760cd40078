"""Unpacks a GGUF file into a Hugging Face folder in bfloat16: gguf_to_hugging_face.py FILE FOLDER."""

import os
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

file, folder = sys.argv[1:]
source = {"pretrained_model_name_or_path": os.path.dirname(file), "gguf_file": os.path.basename(file)}

tokenizer = AutoTokenizer.from_pretrained(**source)
if not tokenizer.chat_template:
    sys.exit(f"{file} has no chat template")

# With any other type the weights stay packed, and packed ones cannot be saved.
model = AutoModelForCausalLM.from_pretrained(**source, dtype=torch.float32).to(torch.bfloat16)
for trace in ("hf_quantizer", "quantization_method", "is_quantized"):
    if hasattr(model, trace):
        delattr(model, trace)
if hasattr(model.config, "quantization_config"):
    del model.config.quantization_config

model.save_pretrained(folder)
tokenizer.save_pretrained(folder)
