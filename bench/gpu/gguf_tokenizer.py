"""Writes the tokenizer and the chat template of a GGUF file of the Qwen2 family into a Hugging Face folder: gguf_tokenizer.py FILE FOLDER

The beginning of the file is enough, as weights are not read. Transformers' own conversion leaves out which tokens are special: `<think>` would be three.
"""

import json
import pathlib
import struct
import sys

import gguf
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

# How Qwen2 splits text before merges: tokenizer.json of Qwen/Qwen2.5-7B.
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def header_of(file, folder):
    """The fields of a file, read from a copy of its beginning that says it has no tensors."""
    with open(file, "rb") as source:
        beginning = bytearray(source.read(64 << 20))
    beginning[8:16] = struct.pack("<Q", 0)
    copy = folder / "header.gguf"
    copy.write_bytes(beginning)
    fields = {name: field.contents() for name, field in gguf.GGUFReader(copy).fields.items()}
    copy.unlink()
    return fields


def main(file, folder):
    folder.mkdir(parents=True, exist_ok=True)
    fields = header_of(file, folder)
    tokens, kinds = fields["tokenizer.ggml.tokens"], fields["tokenizer.ggml.token_type"]
    numbers = {kind: [number for number, one in enumerate(kinds) if one == kind] for kind in set(kinds)}
    control, user_defined = gguf.TokenType.CONTROL, gguf.TokenType.USER_DEFINED
    vocabulary = {tokens[number]: number for number in numbers[gguf.TokenType.NORMAL]}
    merges = [tuple(pair.split(" ")) for pair in fields["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    for number in sorted(numbers.get(control, []) + numbers.get(user_defined, [])):
        # Thoughts are told apart from answers by their tags, which special tokens never show.
        special = kinds[number] == control and tokens[number] not in ("<think>", "</think>")
        tokenizer.add_tokens([AddedToken(tokens[number], special=special, normalized=False)])
        if tokenizer.token_to_id(tokens[number]) != number:
            sys.exit(f"{tokens[number]} became token {tokenizer.token_to_id(tokens[number])}, not {number}")
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "clean_up_tokenization_spaces": False}
    for name, key in [("bos_token", "bos"), ("eos_token", "eos"), ("pad_token", "padding")]:
        number = fields.get(f"tokenizer.ggml.{key}_token_id")
        if number is not None:
            config[name] = tokens[int(number)]
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2, ensure_ascii=False))
    (folder / "chat_template.jinja").write_text(fields["tokenizer.chat_template"])


main(*map(pathlib.Path, sys.argv[1:]))
