import { z } from "zod";

/** What Ollama answers, as far as it is read. Streamed lines are read in `lines.ts`. */
export const Version = z.object({ version: z.string() });

export const Show = z.object({
  template: z.string().optional(),
  system: z.string().optional(),
  parameters: z.string().optional(),
  renderer: z.string().optional(),
  parser: z.string().optional(),
  remote_host: z.string().optional(),
  remote_model: z.string().optional(),
  capabilities: z.array(z.string()).nullish(),
  details: z
    .object({
      family: z.string().optional(),
      format: z.string().optional(),
      parameter_size: z.string().optional(),
      quantization_level: z.string().optional(),
    })
    .optional(),
  model_info: z.record(z.string(), z.unknown()).nullish(),
});

export type Show = z.output<typeof Show>;

export const Tags = z.object({
  models: z.array(z.object({ name: z.string(), digest: z.string().optional() })).nullish(),
});

export const Rendered = z.object({ _debug_info: z.object({ rendered_template: z.string() }) });

export const Counted = z.object({ prompt_eval_count: z.int().optional() });

export const PullLine = z.object({
  status: z.string().optional(),
  error: z.string().optional(),
  digest: z.string().optional(),
  total: z.number().optional(),
  completed: z.number().optional(),
});

export type PullLine = z.output<typeof PullLine>;
