import { z } from "zod";

export interface Served {
  /** The program that is started: `vllm serve`. */
  readonly program: string;
  /** What Python's environment holds, and what is taken without one. */
  readonly python: string;
  readonly readySeconds: number;
}

/** How a server is started that ends with the run. */
export const serveOptions = ({ program, python, readySeconds }: Served) => ({
  python: z.string().min(1).optional().describe(python),
  port: z.int().min(1).max(65_535).optional().describe("A free one without."),
  readySeconds: z.number().positive().default(readySeconds).describe("Time that it may take to load the model."),
  flags: z.array(z.string()).default([]).describe(`More arguments of \`${program}\`.`),
  env: z.record(z.string(), z.string()).default({}).describe("More environment variables of the server."),
});
