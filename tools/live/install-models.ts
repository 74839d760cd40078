// Makes the models of the servers from the GGUF files that `aide models` fetches: install-models.ts [ollama] [huggingface], both where none is named.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { folders } from "./folders.ts";
import { startOllama } from "./servers.ts";
import { makeThinkingModel } from "./thinking-model.ts";

const here = dirname(fileURLToPath(import.meta.url));
const models = [
  { name: "smollm2-135m", ollama: "smollm2" },
  { name: "qwen2.5-coder-1.5b", ollama: "qwen2.5-coder-1.5b" },
];
const thinking = "smollm2-135m-think";

const say = (line: string) => console.error(`models: ${line}`);

/** Runs a command; its progress goes to the standard error output. */
const run = async (command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const child = spawn(command, args, { stdio: ["ignore", 2, 2], env: { ...process.env, ...env } });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${String(code)}`);
};

const aide = join(here, "../../packages/cli/bin/aide.mjs");

const ggufFile = async (name: string): Promise<string> => {
  await run(process.execPath, [aide, "models", "pull", name]);
  const { stdout } = await promisify(execFile)(process.execPath, [aide, "models", "path", name]);
  return stdout.trim();
};

/** A folder under its name is whole: it is made under another one. */
const makeWhole = async (name: string, make: (folder: string) => Promise<void> | void) => {
  const folder = join(folders.models, name);
  if (existsSync(folder)) return;
  const partial = `${folder}.partial-${process.pid}`;
  mkdirSync(folders.models, { recursive: true });
  say(`${name}: a Hugging Face folder, in bfloat16`);
  try {
    await make(partial);
    if (!existsSync(folder)) renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
};

const makeHuggingFaceFolders = async () => {
  await run("bash", [join(here, "install-vllm.sh")]);
  const script = join(here, "gguf_to_hugging_face.py");
  for (const { name } of models) {
    await makeWhole(name, async (folder) =>
      run(folders.python, [script, await ggufFile(name), folder], { HF_HUB_OFFLINE: "1", TQDM_DISABLE: "1" }),
    );
  }
  await makeWhole(thinking, (folder) => makeThinkingModel(join(folders.models, "smollm2-135m"), folder));
};

const makeOllamaModels = async () => {
  await run("bash", [join(here, "install-ollama.sh")]);
  const wanted = [];
  for (const { name, ollama } of models) {
    const template = readFileSync(join(here, "modelfiles", ollama), "utf8");
    const made = join(folders.ollamaModels, `${ollama}.modelfile`);
    if (existsSync(made) && readFileSync(made, "utf8") === template) continue;
    wanted.push({ name, ollama, template, made });
  }
  if (wanted.length === 0) return;
  mkdirSync(folders.ollamaModels, { recursive: true });
  await using server = await startOllama();
  for (const { name, ollama, template, made } of wanted) {
    say(`${ollama}: a model of Ollama`);
    const modelfile = `${made}.partial-${process.pid}`;
    writeFileSync(modelfile, `FROM ${await ggufFile(name)}\n${template}`);
    // Its progress bar writes thousands of lines.
    await promisify(execFile)(folders.ollama, ["create", ollama, "-f", modelfile], {
      env: { ...process.env, HOME: folders.ollamaHome, OLLAMA_HOST: server.url },
      maxBuffer: Infinity,
    });
    rmSync(modelfile);
    writeFileSync(made, template);
  }
};

const kinds = { ollama: makeOllamaModels, huggingface: makeHuggingFaceFolders };
const isKind = (name: string): name is keyof typeof kinds => Object.hasOwn(kinds, name);

const named = process.argv.slice(2);
const unknown = named.find((name) => !isKind(name));
if (unknown !== undefined) throw new Error(`${unknown} is neither ollama nor huggingface`);
for (const [kind, make] of Object.entries(kinds)) if (named.length === 0 || named.includes(kind)) await make();
