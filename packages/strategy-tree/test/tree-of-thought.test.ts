import type { GenerateRequest, Strategy } from "@aide-ts/plugin";
import { PromptBook } from "@aide-ts/core";
import { backendFailure, eventsIn, play, type Staged } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { treeOfThought } from "../src/index.ts";
import { optionsOf } from "./options-of.ts";

type Reply = NonNullable<Staged["reply"]>;

const book = new PromptBook(
  { ...treeOfThought.prompts, "sketch/code": "code with:\n{{guidance}}" },
  "# Task\nPredict y.",
);
const textOf = ({ messages }: GenerateRequest) => messages.map(({ content }) => content).join("\n");
const isValuing = (request: GenerateRequest) => textOf(request).includes("# A plan");
const isCoding = (request: GenerateRequest) => textOf(request).includes("code with:");
/** Of the plan that is valued: the numbers of its thoughts. */
const thoughtsIn = (text: string) => [...text.matchAll(/thought (\d+)/g)].map(([, number]) => Number(number));

/** Each thought has a number of its own; a plan's value is its last thought's number, modulo 10. */
const numbered = (): Reply => {
  let thoughts = 0;
  return (request) => {
    if (isCoding(request)) return "```python\nx = 1\n```";
    return isValuing(request) ? `Value: ${(thoughtsIn(textOf(request)).at(-1) ?? 0) % 10}` : `thought ${thoughts++}`;
  };
};

const run = async (given: Record<string, unknown>, reply: Reply, more: Staged = {}) => {
  const strategies: readonly Strategy[] = [treeOfThought.create(optionsOf(treeOfThought, given), undefined)];
  const prompt: Staged["prompt"] = (template, slots) =>
    book.messages(template, template === "sketch/code" ? { guidance: slots["guidance"] ?? "" } : slots);
  const played = await play({ strategies, reply, prompt, limits: { steps: 1 }, ...more });
  const requests = played.backend.requests.map(({ request }) => request);
  const coding = requests.find(isCoding);
  return { ...played, requests, coding: coding === undefined ? undefined : textOf(coding) };
};

describe("tree-of-thought", () => {
  it("passes on the best plan of the last level, made of a thought of each", async () => {
    const { coding, requests, journal } = await run({ thoughts: 4, breadth: 2, levels: 2 }, numbered());
    // Of thoughts 0 to 3 the best are 3 and 2; theirs are 4 to 7 and 8 to 11, of which 9 is worth most.
    expect(thoughtsIn(coding ?? "")).toEqual([2, 9]);
    expect(requests).toHaveLength((4 + 2 * 4) * 2 + 1);
    expect(journal.outcomes[0]?.notes).toEqual({
      s0: [
        { level: 0, plans: 4, unread: 0, kept: [3, 2] },
        { level: 1, plans: 8, unread: 0, kept: [9, 8] },
      ],
    });
  });

  it("takes the mean of the votes", async () => {
    const thoughts = new Map<string, number>();
    const reply: Reply = (request, call) => {
      if (isCoding(request)) return "```python\nx = 1\n```";
      if (!isValuing(request)) return `thought ${call.number}`;
      const key = String(thoughtsIn(textOf(request))[0]);
      const votes = (thoughts.get(key) ?? 0) + 1;
      thoughts.set(key, votes);
      // Thought 0: 10 and 0. Thought 1: 6, and something that cannot be read. Their sums are the other way round.
      if (key === "1") return votes === 1 ? "Value: 6" : "Hm.";
      return `Value: ${votes === 1 ? 10 : 0}`;
    };
    const { coding } = await run({ thoughts: 2, levels: 1, votes: 2 }, reply);
    expect(thoughtsIn(coding ?? "")).toEqual([1]);
  });

  it("puts plans last whose value cannot be read, and takes the first where none can", async () => {
    const plain = numbered();
    const mumbling =
      (number: number): Reply =>
      (request, call) =>
        isValuing(request) && thoughtsIn(textOf(request)).at(-1) !== number ? "Hm." : plain(request, call);
    expect(thoughtsIn((await run({ thoughts: 3, levels: 1 }, mumbling(2))).coding ?? "")).toEqual([2]);
    const { coding, journal } = await run({ thoughts: 3, levels: 1 }, mumbling(-1));
    expect(thoughtsIn(coding ?? "")).toHaveLength(1);
    expect(journal.outcomes[0]?.notes["s0"]).toMatchObject([{ unread: 3 }]);
  });

  it("writes without a plan where none came of it, and drops repetitions", async () => {
    const silent: Reply = (request) => (isCoding(request) ? "```python\nx = 1\n```" : "<think>hm");
    const { coding, requests } = await run({}, silent);
    expect(coding?.trim().endsWith("code with:")).toBe(true);
    expect(requests).toHaveLength(5 + 1);
    const same: Reply = (request) => (isCoding(request) ? "```python\nx = 1\n```" : "Value: 5, boosting");
    expect((await run({ thoughts: 3, levels: 1 }, same)).requests).toHaveLength(3 + 1 + 1);
  });

  it("plans only for its operators, with the planner's role", async () => {
    const { file, requests } = await run({ operators: ["improve"] }, numbered());
    expect(requests).toHaveLength(1);
    const calls = eventsIn(file).flatMap((event) =>
      event.type === "effect-started" && event.kind === "generate" ? [event.details] : [],
    );
    expect(calls).toMatchObject([{ phase: "code" }]);
    const planned = await run({ planner: "thinker", thoughts: 1, levels: 1 }, numbered());
    const roles = eventsIn(planned.file).flatMap((event) =>
      event.type === "effect-started" && event.kind === "generate"
        ? [[event.details["role"], event.details["phase"]]]
        : [],
    );
    expect(roles).toEqual([
      ["thinker", "propose"],
      ["thinker", "value"],
      ["code", "code"],
    ]);
  });

  it("lives with branches that fail, and gives up where all do", async () => {
    const plain = numbered();
    const failing =
      (some: boolean): Reply =>
      (request, call) =>
        !isCoding(request) && (!some || call.number % 2 === 0)
          ? backendFailure("AIDE_BACKEND_FAILED", false)
          : plain(request, call);
    const { coding, journal } = await run({ thoughts: 4, levels: 1 }, failing(true));
    expect(thoughtsIn(coding ?? "")).toHaveLength(1);
    expect(journal.outcomes[0]?.cut).toBeUndefined();
    expect((await run({ thoughts: 4, levels: 1 }, failing(false))).journal.outcomes[0]?.cut).toBe("failure");
  });

  it("passes on a stop that came to some of its branches, and asks nobody after it", async () => {
    let inner = 0;
    const watching: Strategy = (next) => (proposal, work) => {
      inner++;
      return next(proposal, work);
    };
    const given = { thoughts: 1, levels: 1, votes: 20 };
    const strategies = [treeOfThought.create(optionsOf(treeOfThought, given), undefined), watching];
    const { requests, journal } = await run(given, numbered(), { strategies, limits: { steps: 1, tokens: 1500 } });
    expect(requests.filter(isValuing).length).toBeGreaterThan(0);
    expect(requests.filter(isValuing).length).toBeLessThan(20);
    expect(journal.outcomes[0]?.cut).toBe("budget");
    expect(inner).toBe(0);
  });
});
