import type { Message, Search, Strategy } from "@aide-ts/plugin";
import { cutLog, eventsIn, freshLog, journalText, linesOf, play, sketchChains, type Staged } from "@aide-ts/testing";
import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { divergenceOf, eventsBefore, historyOf, withoutOpen, type Event } from "../../src/index.ts";
import { offline } from "./offline.ts";

const chain = sketchChains["self-consistency(reflection)"]!;
const limits = { steps: 5 };

describe("a replay", () => {
  it("follows a log to its end, and asks nothing", async () => {
    for (const slots of [1, 3]) {
      const whole = await play({ strategies: chain, slots, limits });
      const { ending, journal } = await offline(eventsIn(whole.file), { strategies: chain, slots, limits });
      expect(ending.reason).toBe("log-end");
      expect(journal.outcomes).toEqual(whole.journal.outcomes);
    }
  });

  it("ends where the log of a killed run ends, wherever that is", async () => {
    const whole = await play({ strategies: chain, slots: 3, limits });
    for (let kept = 0; kept <= linesOf(whole.file).length; kept += 3) {
      const events = eventsIn(cutLog(whole.file, kept));
      const { ending, journal } = await offline(events, { strategies: chain, slots: 3, limits });
      expect(ending.reason).toBe("log-end");
      expect(journal.outcomes).toEqual(whole.journal.outcomes.slice(0, journal.outcomes.length));
      expect(journal.outcomes).toHaveLength(events.filter(({ type }) => type === "told").length);
    }
  });

  it("stops at the first call whose prompt is another, and shows both", async () => {
    const whole = await play({ strategies: chain, limits });
    const prompt = (template: string, slots: Readonly<Record<string, string>>): readonly Message[] => [
      { role: "user", content: `${template}\n${JSON.stringify(slots)}${template === "sketch/edit" ? " now" : ""}` },
    ];
    const { ending } = await offline(eventsIn(whole.file), { strategies: chain, limits, prompt });
    expect(ending.reason).toBe("divergence");
    const divergence = divergenceOf("error" in ending ? ending.error : undefined);
    const first = eventsIn(whole.file).find(
      (event) => event.type === "effect-started" && event.details["phase"] === "edit",
    );
    expect(divergence?.place).toBe(first?.type === "effect-started" ? first.place : "");
    expect(JSON.stringify(divergence?.now)).toContain("} now");
    expect(JSON.stringify(divergence?.logged)).not.toContain("} now");
  });

  it.each<[string, Strategy]>([
    [
      "asks one call more",
      (next) => async (proposal, work) => {
        const candidate = await next(proposal, work);
        await work.generate({ messages: [{ role: "user", content: "more" }] }, { phase: "extra" });
        return candidate;
      },
    ],
    [
      "asks one call more, and swallows that it is refused",
      (next) => async (proposal, work) => {
        const candidate = await next(proposal, work);
        await work.fanOut(1, (branch) => branch.generate({ messages: [] }, { phase: "extra" }));
        return candidate;
      },
    ],
    [
      "hands in something else",
      (next) => async (proposal, work) => ({ ...(await next(proposal, work)), plan: "other" }),
    ],
  ])("finds a strategy that %s", async (_name, strategy) => {
    const whole = await play({ limits });
    const { ending } = await offline(eventsIn(whole.file), { strategies: [strategy], limits });
    expect(ending.reason).toBe("divergence");
  });

  it("finds one that chooses otherwise, though it asks the same", async () => {
    const last: Strategy = (next) => async (proposal, work) => {
      const made = await work.fanOut(3, async (branch) => branch.evaluate(await next(proposal, branch)));
      const [first] = made.flatMap((one) => (one.ok ? [one.value] : [])).reverse();
      return first!.candidate;
    };
    const whole = await play({ strategies: sketchChains["self-consistency(plan)"]!.slice(0, 1), limits });
    const { ending } = await offline(eventsIn(whole.file), { strategies: [last], limits });
    expect(ending).toMatchObject({ reason: "divergence", message: expect.stringContaining("ends otherwise") });
  });
});

describe("a search that asks for something else", () => {
  it("is found even where the coder makes the same of it", async () => {
    const asking = (memory: readonly string[]) => (): Search => ({
      ask: () => ({ kind: "propose", proposal: { operator: "draft", parents: [], memory, guidance: [] } }),
      tell: () => undefined,
    });
    const coder = async () => ({ plan: "", code: "x = 1" });
    const first = await play({ coder, search: asking([]), limits: { steps: 2 } });
    const other = await play({ coder, search: asking(["0-0"]), limits: { steps: 2 }, file: first.file });
    expect(other.ending).toMatchObject({
      reason: "divergence",
      message: "The search asks for another proposal 0 than the log holds.",
    });
  });
});

describe("a prompt that is replaced at one place", () => {
  const messages = [{ role: "user" as const, content: "Ask something else." }];

  it("shares all that was before, and repeats", async () => {
    const whole = await play({ strategies: chain, slots: 3, limits });
    const place = "3-0.1-0";
    const past = withoutOpen(eventsBefore(eventsIn(whole.file), place)!);
    const fork = async (jitter: number) => {
      const file = freshLog();
      writeFileSync(file, past.map((event) => `${JSON.stringify(event)}\n`).join(""));
      return play({ strategies: chain, slots: 3, limits, file, jitter, promptOverrides: new Map([[place, messages]]) });
    };
    const [one, two] = [await fork(0), await fork(2)];
    expect(one.ending.reason).toBe("steps");
    expect(journalText(one)).toBe(journalText(two));
    expect(
      one.backend.requests.filter(({ request }) => request.messages[0]?.content === messages[0]!.content),
    ).toHaveLength(1);
    expect(one.budget.spent.lost).toBe(0);
    const toldBefore = past.filter(({ type }) => type === "told").length;
    expect(one.journal.outcomes.slice(0, toldBefore)).toEqual(whole.journal.outcomes.slice(0, toldBefore));
    expect(journalText(one)).not.toBe(journalText(whole));
  });
});

describe("open work that is discarded", () => {
  /** A run that was killed while proposals were under way, and what of them is open. */
  const killed = async (more: Staged = {}) => {
    const whole = await play({ strategies: chain, slots: 3, limits, ...more });
    const lines = linesOf(whole.file);
    const kept = lines.findLastIndex((line) => line.includes('"type":"told"') && line.includes('"number":1')) + 8;
    const events = eventsIn(cutLog(whole.file, kept));
    const told = new Set(events.flatMap((event) => (event.type === "told" ? [event.number] : [])));
    const open = events.flatMap((event) => (event.type === "asked" && !told.has(event.number) ? [event.number] : []));
    return { whole, file: cutLog(whole.file, kept), open };
  };

  it("is done again under another strategy, what was told stays, and what it cost stays billed", async () => {
    const { whole, file, open } = await killed();
    expect(open.length).toBeGreaterThan(0);
    const at = 0;
    const discarded: Event = { type: "discarded", at, proposals: open };
    const before = historyOf(eventsIn(file)).bills;
    writeFileSync(file, `${linesOf(file).join("\n")}\n${JSON.stringify(discarded)}\n`);
    expect(historyOf(eventsIn(file)).bills).toHaveLength(before.length);
    const resumed = await play({ slots: 3, limits, file });
    expect(resumed.ending.reason).toBe("divergence");

    const onlyOpen: Strategy = (next) => (proposal, work) =>
      open.includes(work.proposal)
        ? next({ ...proposal, guidance: [{ from: "x", title: "x", text: "x" }] }, work)
        : next(proposal, work);
    const other = await play({ strategies: [...chain, onlyOpen], slots: 3, limits, file });
    expect(other.ending.reason).toBe("steps");
    const told = whole.journal.outcomes.length;
    expect(other.journal.outcomes).toHaveLength(told);
    expect(other.journal.outcomes.slice(0, 2)).toEqual(whole.journal.outcomes.slice(0, 2));
    const again = await play({ strategies: [...chain, onlyOpen], slots: 3, limits, file });
    expect(journalText(again)).toBe(journalText(other));
    expect(again.backend.requests).toEqual([]);
  });
});
