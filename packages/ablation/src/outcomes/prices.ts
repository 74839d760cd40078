import type { Price } from "@aide-ts/core";
import type { RunRecord } from "@aide-ts/run/record";
import { z } from "zod";

const amount = z.number().nonnegative();

const configWithPrices = z.object({
  values: z.object({
    prices: z.record(z.string(), z.object({ prompt: amount, cached: amount.optional(), answer: amount })),
  }),
});

const modelOfRole = z.record(z.string(), z.object({ model: z.string() }));

/** What the models of a run's roles cost, as its config had it. Roles without a model of their own are served by that of the code. */
export const pricesIn = ({
  config,
  models,
}: Pick<RunRecord, "config" | "models">): ((role: string) => Price | undefined) => {
  const [written, known] = [configWithPrices.safeParse(config), modelOfRole.safeParse(models)];
  if (!written.success || !known.success) return () => undefined;
  return (role) => {
    const model = (known.data[role] ?? known.data["code"])?.model ?? "";
    const price = written.data.values.prices[model];
    return price && { ...price, cached: price.cached ?? price.prompt };
  };
};
