import { hubName, programOnPath, weightsNotChosen } from "@aide-ts/backend-kit";
import type { Host } from "@aide-ts/plugin";
import type { VllmOptions } from "../options.ts";
import { notInstalled } from "../errors.ts";

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
  if (program === undefined) throw notInstalled();
  const weights = path ?? (model === undefined ? undefined : hubName(model));
  if (weights === undefined) throw weightsNotChosen();
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
    ...(quantization === "none" ? [] : ["--quantization", method(quantization)]),
    ...(serve.tensorParallel === 1 ? [] : ["--tensor-parallel-size", String(serve.tensorParallel)]),
    ...(serve.gpuMemory === undefined ? [] : ["--gpu-memory-utilization", String(serve.gpuMemory)]),
    ...serve.flags,
  ];
};

/** How people call it, and how vLLM does. */
const method = (quantization: string): string =>
  /^(4-?bit|int4|nf4|bnb|bitsandbytes(-4bit)?)$/i.test(quantization) ? "bitsandbytes" : quantization;
