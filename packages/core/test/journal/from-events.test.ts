import { eventsIn, play, sketchChains, sketchSearches } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { aideJournal, journalOf } from "../../src/index.ts";

describe("the journal that is read from a log", () => {
  it.each(Object.entries(sketchChains))("of %s is the one that the run had", async (_name, strategies) => {
    const { file, journal } = await play({
      strategies,
      search: sketchSearches["uct"]!,
      slots: 3,
      reply: (request, { seed }) =>
        seed % 5 === 0 ? "no code" : `\`\`\`python\nx = ${(seed + request.messages.length) % 9}\n\`\`\``,
    });
    const read = journalOf(eventsIn(file), journal.task);
    expect(
      read.solutions.map(({ candidate: { from: _from, ...candidate }, ...solution }) => ({ ...solution, candidate })),
    ).toEqual(
      journal.solutions.map(({ candidate: { from: _from, ...candidate }, ...solution }) => ({
        ...solution,
        candidate,
      })),
    );
    expect(read.best?.id).toBe(journal.best?.id);
    expect(aideJournal(read.task, read.solutions, 0)).toEqual(aideJournal(journal.task, journal.solutions, 0));
  });
});
