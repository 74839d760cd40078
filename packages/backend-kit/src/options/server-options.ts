import { z } from "zod";

/** Address of a server. */
export const url = z.url({ protocol: /^https?$/ });

export const concurrency = (atMost: number, own = "") =>
  z
    .int()
    .min(1)
    .max(4096)
    .default(atMost)
    .describe(
      `The most calls that are under way at a time on a server; others wait here.${own === "" ? "" : ` ${own}`}`,
    );

/** Name of an environment variable. */
export const keyVariable = z
  .string()
  .regex(/^[A-Za-z_]\w*$/)
  .describe("Environment variable with the server's key, if it has one.");

export const body = z
  .record(z.string(), z.json())
  .default({})
  .describe("More fields for every request, as the server's documentation has them.");

/** How long a silent server is waited for. */
export const waitingOptions = {
  firstTokenSeconds: z
    .number()
    .positive()
    .default(3600)
    .describe(
      "A call without a first token after so long is given up and sent again. Loading the model and the server's queue count.",
    ),
  stallSeconds: z
    .number()
    .positive()
    .default(600)
    .describe("An answer that stands still for so long is given up and asked for again."),
};
