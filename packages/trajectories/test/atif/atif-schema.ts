import { z } from "zod";

/** Harbor's models of ATIF 1.7 restated, for the part that is written here; `harbor.live.test.ts` asks Harbor itself. */
const extra = z.record(z.string(), z.json()).optional();

const agentStep = z.strictObject({
  step_id: z.int().min(1),
  source: z.literal("agent"),
  message: z.string(),
  reasoning_content: z.string().optional(),
  tool_calls: z
    .array(
      z.strictObject({
        tool_call_id: z.string(),
        function_name: z.string(),
        arguments: z.record(z.string(), z.json()),
      }),
    )
    .optional(),
  observation: z
    .strictObject({
      results: z.array(
        z.strictObject({
          source_call_id: z.string().optional(),
          content: z.string().optional(),
          subagent_trajectory_ref: z.array(z.strictObject({ trajectory_id: z.string() })).optional(),
          extra,
        }),
      ),
    })
    .optional(),
  metrics: z
    .strictObject({ prompt_tokens: z.int(), completion_tokens: z.int(), cached_tokens: z.int(), extra })
    .optional(),
  is_copied_context: z.literal(true).optional(),
  llm_call_count: z.int().min(0).optional(),
  extra,
});

const step = z
  .discriminatedUnion("source", [
    agentStep,
    z.strictObject({ step_id: z.int().min(1), source: z.enum(["system", "user"]), message: z.string(), extra }),
  ])
  .refine(
    (one) => one.source !== "agent" || one.llm_call_count !== 0 || (one.metrics ?? one.reasoning_content) === undefined,
    "a step without a model has neither metrics nor reasoning",
  )
  .refine((one) => {
    if (one.source !== "agent") return true;
    const known = (one.tool_calls ?? []).map(({ tool_call_id }) => tool_call_id);
    return (one.observation?.results ?? []).every(({ source_call_id: id }) => id === undefined || known.includes(id));
  }, "a result refers to a call of its step");

const trajectory = z.strictObject({
  schema_version: z.literal("ATIF-v1.7"),
  session_id: z.string(),
  trajectory_id: z.string(),
  agent: z.strictObject({ name: z.string(), version: z.string(), model_name: z.string().optional(), extra }),
  steps: z
    .array(step)
    .min(1)
    .refine((steps) => steps.every(({ step_id }, at) => step_id === at + 1), "steps are numbered from 1"),
  notes: z.string().optional(),
  final_metrics: z
    .strictObject({
      total_prompt_tokens: z.int(),
      total_completion_tokens: z.int(),
      total_cached_tokens: z.int(),
      total_steps: z.int(),
      extra,
    })
    .optional(),
  extra,
});

export const atifSchema = trajectory
  .extend({ subagent_trajectories: z.array(trajectory).optional() })
  .refine(
    ({ subagent_trajectories: all = [] }) => new Set(all.map((one) => one.trajectory_id)).size === all.length,
    "ids are unique",
  );
