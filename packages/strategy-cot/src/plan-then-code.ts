import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { planned } from "./planned.ts";
import { promptFile } from "./prompt-file.ts";

const options = z.strictObject({
  planner: z
    .string()
    .min(1)
    .default("planner")
    .describe("Role whose model plans; the coder's own where it is not named in `backends`."),
  operators: z
    .array(z.string().min(1))
    .min(1)
    .default(["draft", "improve", "debug"])
    .describe("Operators that are planned for."),
});

/** Plan first, then code from the plan: two calls, by two models if `backends` says so. */
export const planThenCode = definePlugin({
  kind: "strategy",
  name: "plan-then-code",
  summary: "A plan first, then the script from it.",
  options,
  needs: () => [],
  shape: ({ planner, operators }) => ({ generations: [1, 1], next: [1, 1], operators, roles: [planner] }),
  prompts: { "plan-then-code/plan": promptFile("plan") },
  create: ({ planner, operators }) =>
    planned({ name: "plan-then-code", prompt: "plan-then-code/plan", role: planner, operators }),
});
