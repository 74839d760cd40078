import { randomBytes } from "node:crypto";

/** The files of a small model, with what real repositories hold besides. */
export const weights = randomBytes(300_000);

export const files = {
  "config.json": '{"max_position_embeddings":2048}',
  "generation_config.json": "{}",
  "tokenizer.json": JSON.stringify({ model: "x".repeat(2000) }),
  "tokenizer_config.json": '{"chat_template":"{{ messages }}"}',
  "chat_template.jinja": "{{ messages }}",
  LICENSE: "MIT",
  "README.md": "# Name",
  ".gitattributes": "*.safetensors filter=lfs",
  "empty.txt": "",
  "model.safetensors": weights,
  "pytorch_model.bin": randomBytes(2000),
  "rust_model.ot": randomBytes(2000),
  "flax_model.msgpack": randomBytes(2000),
  "onnx/model.onnx": randomBytes(2000),
  "model.Q4.gguf": randomBytes(2000),
  "original/consolidated.00.pth": randomBytes(2000),
  "original/params.json": "{}",
  "figures/benchmark.jpg": randomBytes(500),
  "1_Pooling/config.json": '{"pooling":true}',
};

/** Those that are wanted of them. */
export const wanted = [
  ".gitattributes",
  "1_Pooling/config.json",
  "LICENSE",
  "README.md",
  "chat_template.jinja",
  "config.json",
  "empty.txt",
  "generation_config.json",
  "model.safetensors",
  "tokenizer.json",
  "tokenizer_config.json",
];
