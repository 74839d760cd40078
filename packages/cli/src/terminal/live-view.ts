import type { Observer, ProgressEvent } from "@aide-ts/core";
import { type CallProgress, messageOf } from "@aide-ts/plugin";
import type { Shell } from "../shell.ts";
import { resultOf } from "@aide-ts/run/report";
import { StatusLine } from "./status-line.ts";

export interface LiveView {
  readonly observe: Observer;
  readonly notify: (line: string) => void;
  readonly close: () => void;
}

/** Shows a run while it works: a line for each step, and where a person watches, one that is redrawn for what happens now. */
export const liveView = (shell: Pick<Shell, "out" | "interactive">, steps: number): LiveView => {
  const status = new StatusLine(shell);
  let step = "";
  const textStarts = new Map<string, number>();
  const observe = (event: ProgressEvent): void => {
    switch (event.kind) {
      case "asked":
        step = `step ${event.number + 1}/${steps} ${event.proposal.operator}`;
        break;
      case "call-progress":
        status.show(`${step} · ${progressText(event.progress, event.place, textStarts)}`);
        break;
      case "call-ended":
        textStarts.delete(event.place);
        break;
      case "call-retried":
        status.line(
          `         the model server failed (${event.error}); asking again in ${Math.round(event.waitMs / 1000)} s`,
        );
        break;
      case "execution-started":
        status.show(`${step} · running the script`);
        break;
      case "call-started":
      case "execution-ended":
        break;
      case "told":
        for (const line of outcomeLines(event, steps)) status.line(line);
        break;
    }
  };
  return { observe, notify: (line) => status.line(line), close: () => status.clear() };
};

const outcomeLines = (
  { outcome, replayed, error }: Extract<ProgressEvent, { kind: "told" }>,
  steps: number,
): readonly string[] => {
  const head = `${replayed ? "from log" : "step    "} ${String(outcome.number + 1).padStart(String(steps).length)}/${steps} ${outcome.proposal.operator.padEnd(7)}`;
  if (outcome.solutions.length === 0)
    return [`${head} ${outcome.cut === "failure" ? `failed: ${messageOf(error)}` : "cut off by the budget"}`];
  return outcome.solutions.map((solution) => {
    const plan = solution.candidate.plan.split("\n")[0]?.slice(0, 60) ?? "";
    return `${head} ${resultOf(solution)}${plan === "" ? "" : `   ${plan}`}`;
  });
};

const progressText = (progress: CallProgress, place: string, starts: Map<string, number>): string => {
  switch (progress.kind) {
    case "load":
      return `loading the model ${Math.round(progress.fraction * 100)} %`;
    case "prefill":
      return `reading the prompt, ${progress.evaluated} of ${progress.total} tokens`;
    case "text": {
      const now = performance.now();
      const start = starts.get(place) ?? now;
      starts.set(place, start);
      const seconds = (now - start) / 1000;
      return `${progress.reasoning ? "thinking" : "writing"}, ${progress.tokens} tokens${seconds > 0.5 ? `, ${(progress.tokens / seconds).toFixed(0)}/s` : ""}`;
    }
  }
};
