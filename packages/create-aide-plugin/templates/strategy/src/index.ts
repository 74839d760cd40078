import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";

const hint = {
  from: "PLUGIN_NAME",
  title: "Running time",
  text: "The last script ran out of time. Write a faster one.",
};

/** Has a script that ran out of time written again, with a hint that says so. */
export default definePlugin({
  kind: "strategy",
  name: "PLUGIN_NAME",
  summary: "Writes a script that ran out of time again.",
  options: z.strictObject({ tries: z.int().min(1).default(1).describe("Further scripts after a timeout.") }),
  shape: ({ tries }) => ({ generations: [0, 0], next: [1, 1 + tries] }),
  create:
    ({ tries }) =>
    (next) =>
    async (proposal, work) => {
      let made = await work.evaluate(await next(proposal, work));
      for (let left = tries; left > 0 && made.execution?.fate === "timeout"; left--) {
        made = await work.evaluate(await next({ ...proposal, guidance: [...proposal.guidance, hint] }, work));
        work.note({ inTime: made.execution?.fate !== "timeout" });
      }
      return made.candidate;
    },
});
