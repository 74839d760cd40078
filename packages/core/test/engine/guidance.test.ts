import type { Search } from "@aide-ts/plugin";
import { cutLog, eventsIn, journalText, linesOf, play, sketchChains, sketchRandomSearch } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";

const hinted = (file: string) => eventsIn(file).flatMap((event) => (event.type === "hinted" ? [event.hints] : []));
const guidanceOf = (file: string) =>
  eventsIn(file).flatMap((event) =>
    event.type === "asked" && event.ask.kind === "propose" ? [event.ask.proposal.guidance.map(({ text }) => text)] : [],
  );

describe("the user's hints", () => {
  /** Hints that come when proposal 2 is told, and are taken back at 4. */
  const changing = () => {
    let told = 0;
    return {
      hints: () => (told >= 4 ? [] : told >= 2 ? ["try the log of the target"] : []),
      observe: ({ kind }: { kind: string }) => void (kind === "told" && told++),
    };
  };

  it("reach the proposals that are asked while they stand, and the prompts of those", async () => {
    const { file, backend } = await play({ ...changing(), limits: { steps: 6 } });
    expect(guidanceOf(file)).toEqual([[], [], ["try the log of the target"], ["try the log of the target"], [], []]);
    expect(hinted(file)).toEqual([["try the log of the target"], []]);
    const shown = backend.requests.map(({ request }) => JSON.stringify(request).includes("try the log"));
    expect(shown).toEqual([false, false, true, true, false, false]);
  });

  it("are repeated from the log, whatever they are by then", async () => {
    const first = await play({ ...changing(), limits: { steps: 6 } });
    const again = await play({ hints: () => ["another"], limits: { steps: 6 }, file: first.file });
    expect(journalText(again)).toBe(journalText(first));
    expect(again.backend.requests).toEqual([]);
  });

  it("of a run that was killed are those of the log, then those of now", async () => {
    const whole = await play({ ...changing(), limits: { steps: 6 } });
    for (let kept = 0; kept < linesOf(whole.file).length; kept++) {
      const file = cutLog(whole.file, kept);
      const before = guidanceOf(file);
      await play({ hints: () => ["now"], limits: { steps: 6 }, file });
      expect(guidanceOf(file).slice(0, before.length)).toEqual(before);
      expect(
        guidanceOf(file)
          .slice(before.length)
          .every(([text]) => text === "now"),
      ).toBe(true);
    }
  });
});

describe("a script of the user's own", () => {
  const first = { plan: "mine", code: "x = 42" };

  it("is told as what became of proposal 0, without a model call or a strategy", async () => {
    const { journal, backend, file } = await play({
      first,
      strategies: sketchChains["self-consistency(reflection)"]!,
      limits: { steps: 1 },
    });
    expect(backend.requests).toEqual([]);
    const [outcome] = journal.outcomes;
    expect(outcome?.proposal.operator).toBe("draft");
    expect(outcome?.chosen?.candidate).toMatchObject(first);
    expect(outcome?.solutions).toHaveLength(1);
    const again = await play({
      first,
      strategies: sketchChains["self-consistency(reflection)"]!,
      limits: { steps: 1 },
      file,
    });
    expect(again.executor.scripts).toEqual([]);
  });

  it("can be improved like any other", async () => {
    const improving = (): Search => ({
      ask: (view, number) => ({
        kind: "propose",
        proposal:
          number === 0
            ? { operator: "draft", parents: [], memory: [], guidance: [] }
            : { operator: "improve", parents: [view.outcomes[0]?.chosen?.id ?? ""], memory: [], guidance: [] },
      }),
      tell: () => undefined,
    });
    const { backend } = await play({ first, search: improving, limits: { steps: 2 } });
    expect(JSON.stringify(backend.requests[0]?.request)).toContain("x = 42");
  });

  it("that is another one is a divergence", async () => {
    const { file } = await play({ first, search: () => sketchRandomSearch(), limits: { steps: 2 } });
    const other = await play({ first: { plan: "mine", code: "x = 43" }, limits: { steps: 2 }, file });
    expect(other.ending.reason).toBe("divergence");
  });
});
