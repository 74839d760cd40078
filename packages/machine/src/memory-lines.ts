import { distillShapes, type Gpu, type WeightBits } from "@aide-ts/backend-kit";
import type { RunHost } from "@aide-ts/run/host";
import { bitsOf, memoryTable, type TableRow } from "./memory-table.ts";
import { shapeOf, type AskedModel } from "./shape-of.ts";

/** As long as the distills' authors let them think. */
const longContext = 32_768;
const shortContext = 8192;

/**
 * Which memory the asked model needs and whether the GPUs have it; without one, that of the six distills, where there is a GPU.
 * @throws AIDE_MODEL_NOT_PULLED, AIDE_MODEL_SHAPE
 */
export const memoryLines = async (
  asked: AskedModel | undefined,
  gpus: readonly Gpu[],
  host: Pick<RunHost, "env" | "cwd">,
): Promise<readonly string[]> => {
  if (asked === undefined && gpus.length === 0) return [];
  const rows = asked === undefined ? distillRows() : await askedRows(asked, host);
  const server = gpus.length === 0 ? "" : "; a server takes 90 % of a GPU, and no more than is free";
  return [
    ...memoryTable(rows, gpus),
    `one answer at a time; weights, cache, and 2 to 3 GB besides on each GPU, which is assumed${server}`,
    ...(rows.some(({ chosen }) => chosen) ? ["* as asked"] : []),
  ];
};

const distillRows = (): readonly TableRow[] =>
  Object.entries(distillShapes).flatMap(([name, shape]) =>
    (["4bit", "16bit"] as const).map((bits) => ({
      model: { name, shape, stored: undefined },
      bits,
      contextTokens: longContext,
      chosen: false,
    })),
  );

const askedRows = async (asked: AskedModel, host: Pick<RunHost, "env" | "cwd">): Promise<readonly TableRow[]> => {
  const model = await shapeOf(asked, host);
  const chosen = bitsOf(asked.quantization);
  const kinds: readonly WeightBits[] = model.stored === undefined ? ["16bit", "8bit", "4bit"] : [model.stored];
  const contexts = asked.contextTokens === undefined ? [shortContext, longContext] : [asked.contextTokens];
  return kinds.flatMap((bits) =>
    contexts.map((contextTokens) => ({
      model,
      bits,
      contextTokens: Math.min(contextTokens, model.shape.contextTokens),
      chosen: bits === chosen,
    })),
  );
};
