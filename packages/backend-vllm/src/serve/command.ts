import { hubName, programOnPath } from "@aide-ts/backend-kit";
import { AideError, type Host } from "@aide-ts/plugin";
import type { VllmOptions } from "../options.ts";

/** The program that starts a server: of the Python that was named, or the `vllm` that is installed. */
const vllmProgram = (
  { python }: Pick<VllmOptions["serve"], "python">,
  host: Pick<Host, "env">,
): readonly [string, ...string[]] | undefined => {
  if (python !== undefined) return [python, "-m", "vllm.entrypoints.openai.api_server", "--model"];
  const found = programOnPath("vllm", host);
  return found === undefined ? undefined : [found, "serve"];
};

/**
 * The command line of a server.
 * @throws AIDE_VLLM_MISSING, AIDE_MODEL_NOT_CHOSEN
 */
export const serveCommand = (
  options: VllmOptions,
  port: number,
  host: Pick<Host, "env">,
): readonly [string, ...string[]] => {
  const { serve, model, path, quantization, contextTokens } = options;
  const program = vllmProgram(serve, host);
  if (program === undefined) throw missing();
  const weights = path ?? (model === undefined ? undefined : hubName(model));
  if (weights === undefined) throw notChosen();
  const [first, ...rest] = program;
  return [
    first,
    ...rest,
    weights,
    "--served-model-name",
    model ?? weights,
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--enable-prompt-tokens-details",
    "--generation-config",
    "vllm",
    ...(contextTokens === undefined ? [] : ["--max-model-len", String(contextTokens)]),
    ...(quantization === undefined ? [] : ["--quantization", method(quantization)]),
    ...(serve.tensorParallel === 1 ? [] : ["--tensor-parallel-size", String(serve.tensorParallel)]),
    ...(serve.gpuMemory === undefined ? [] : ["--gpu-memory-utilization", String(serve.gpuMemory)]),
    ...serve.flags,
  ];
};

/** How people call it, and how vLLM does. */
const method = (quantization: string): string =>
  /^(4-?bit|int4|nf4|bnb|bitsandbytes(-4bit)?)$/i.test(quantization) ? "bitsandbytes" : quantization;

const missing = (): AideError =>
  new AideError({
    code: "AIDE_VLLM_MISSING",
    message: "vLLM is not installed, and no address of a running server is given.",
    fix: "pip install vllm, or name its Python: backend.serve.python=…, or a server: backend.url=…, or take Hugging Face's: backend.use=transformers",
    fault: "user",
  });

const notChosen = (): AideError =>
  new AideError({
    code: "AIDE_MODEL_NOT_CHOSEN",
    message: "Nothing says which model the server should be started with.",
    fix: "backend.model=deepseek-7b, say, or backend.path=FOLDER",
    fault: "user",
  });
