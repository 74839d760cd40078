import { command } from "./command.ts";
import { group } from "./group.ts";
import { choice, configWords, valueFlag, word, words } from "./parameters.ts";

const modelWord = word("name|owner/name[@revision]", "a model of the list, or of the hub");

/** Commands about this machine: what it has, and what it serves. */
export const machineCommands = {
  setup: command({
    load: async () => (await import("../commands/setup.ts")).setup,
    brief: "bring the Python environment and the embedded model",
    details: "What the default config needs, so that a run can start at once.",
    example: "aide setup",
    // As other commands have something after their name.
    usage: "",
    parameters: {},
  }),
  models: group(
    { command: "models", noun: "models action", brief: "models of the list, and those of the hub by owner/name" },
    {
      list: command({
        load: async () => (await import("../commands/models.ts")).list,
        brief: "the models that can be named, and whether they are here",
        example: "aide models list",
        parameters: {},
      }),
      pull: command({
        load: async () => (await import("../commands/models.ts")).pull,
        brief: "fetch a model",
        example: "aide models pull deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
        parameters: { positional: { kind: "tuple", parameters: [modelWord] } },
      }),
      path: command({
        load: async () => (await import("../commands/models.ts")).path,
        brief: "where a model's file or folder is",
        example: "aide models path qwen2.5-coder-1.5b",
        parameters: { positional: { kind: "tuple", parameters: [modelWord] } },
      }),
    },
    "list",
  ),
  doctor: command({
    load: async () => (await import("../commands/doctor.ts")).doctor,
    brief: "check this machine, and which models fit its GPUs",
    example: "aide doctor deepseek-32b --quantization 4bit --context 32768",
    parameters: {
      flags: {
        quantization: valueFlag("4bit", "how the model's weights are stored"),
        context: valueFlag("tokens", "tokens of context"),
      },
      positional: words("model|config.yaml|key=value", "a model, or a config that names one"),
    },
  }),
  completion: command({
    load: async () => (await import("@aide-ts/shell-completion")).printCompletion,
    brief: "what a shell is given once so that Tab completes commands, flags, keys and paths",
    details: "The script's first line says where else it may go.",
    example: "aide completion bash > ~/.local/share/bash-completion/completions/aide",
    parameters: { positional: { kind: "tuple", parameters: [choice(["bash", "zsh", "fish"], "the shell")] } },
  }),
  serve: command({
    load: async () => (await import("../commands/serve.ts")).serve,
    brief: "the backend behind OpenAI's protocol, for other tools",
    example: "aide serve backend.use=vllm backend.model=deepseek-7b --port 8642",
    parameters: {
      flags: {
        port: valueFlag("8642", "where it listens; 0 takes a free one"),
        host: valueFlag("127.0.0.1", "an address of this machine; others than the loopback one need a key"),
        key: valueFlag("VARIABLE", "the environment variable that holds the key"),
      },
      positional: configWords,
    },
  }),
};
