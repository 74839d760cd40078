import { programOnPath } from "@aide-ts/backend-kit";
import type { Host } from "@aide-ts/plugin";
import type { TransformersOptions } from "../options.ts";
import { notInstalled } from "../errors.ts";

/**
 * The command line of a server.
 * @throws AIDE_TRANSFORMERS_MISSING
 */
export const serveCommand = (
  { serve, quantization }: TransformersOptions,
  model: string,
  port: number,
  host: Pick<Host, "env">,
): readonly [string, ...string[]] => {
  const [first, ...rest] = program(serve.python, host);
  return [
    first,
    ...rest,
    "serve",
    model,
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--device",
    serve.device,
    "--dtype",
    serve.dtype,
    ...(quantization === "none" ? [] : ["--quantization", `bnb-${quantization.includes("4") ? 4 : 8}bit`]),
    ...(serve.continuousBatching ? ["--continuous-batching"] : []),
    ...serve.flags,
  ];
};

const program = (python: string | undefined, host: Pick<Host, "env">): readonly [string, ...string[]] => {
  if (python !== undefined) return [python, "-m", "transformers.cli.transformers"];
  const found = programOnPath("transformers", host);
  if (found !== undefined) return [found];
  throw notInstalled();
};
