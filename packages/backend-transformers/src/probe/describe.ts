import type { Served } from "@aide-ts/backend-openai";
import type { Capabilities, Host } from "@aide-ts/plugin";
import { findWeights, type Weights } from "../models/weights.ts";
import type { TransformersOptions } from "../options.ts";
import { LocalRenderer } from "../protocol/renderer.ts";

export interface Description {
  readonly weights: Weights;
  readonly served: Served;
}

/**
 * What the model's files say, which the server does not.
 * @throws AIDE_MODEL_NOT_CHOSEN, AIDE_MODEL_NOT_PULLED, AIDE_MODEL_FILES
 */
export const describe = async (options: TransformersOptions, host: Pick<Host, "env">): Promise<Description> => {
  const { systemMessages, thinking, contextTokens } = options;
  const weights = await findWeights(options, host);
  const renderer = await LocalRenderer.open(weights.folder, { systemMessages, thinking });
  const sample = await renderer?.render([{ role: "user", content: "Hello." }]);
  return {
    weights,
    served: {
      model: weights.name,
      contextTokens: Math.min(contextTokens ?? Infinity, weights.contextTokens ?? 8192),
      renderer,
      thinks: renderer?.thinks ?? thinking === true,
      opened: sample?.opened ?? false,
      splits: false,
      budgets: false,
      schemas: false,
      prefixBlock: undefined,
    },
  };
};

export const capabilitiesOf = (
  { weights, served }: Description,
  { quantization, serve, concurrency, url }: TransformersOptions,
): Capabilities => ({
  has: [
    ...(served.renderer === undefined ? [] : (["continuation"] as const)),
    ...(served.renderer === undefined || !served.thinks ? [] : (["thoughtBudget"] as const)),
    ...(concurrency === 1 && !serve.continuousBatching ? (["seed"] as const) : []),
  ],
  contextTokens: served.contextTokens,
  details: {
    server: "transformers",
    url: url ?? "started with the run",
    weights: weights.name,
    quantization:
      quantization === "none" ? (weights.quantized ?? `none (${weights.dtype ?? "as stored"})`) : quantization,
  },
});
