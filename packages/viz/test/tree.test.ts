import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Solution } from "@aide-ts/plugin";
import { layoutTree, renderTreePage } from "../src/index.ts";

const forest = fc.array(fc.nat(), { minLength: 1, maxLength: 60 }).map((choices) =>
  choices.map((choice, at) => ({
    id: `n${at}`,
    parent: at === 0 || choice % 4 === 0 ? undefined : `n${choice % at}`,
  })),
);

describe("the layout", () => {
  it("places every node once, below its parent, and no two in one place", () => {
    fc.assert(
      fc.property(forest, (nodes) => {
        const placed = layoutTree(nodes);
        expect(placed.map(({ id }) => id).sort()).toEqual(nodes.map(({ id }) => id).sort());
        const at = new Map(placed.map((node) => [node.id, node]));
        for (const node of placed) {
          const parent = node.parent === undefined ? undefined : at.get(node.parent);
          expect(node.y).toBe(parent === undefined ? 0 : parent.y + 1);
        }
        expect(new Set(placed.map(({ x, y }) => `${x}/${y}`)).size).toBe(placed.length);
      }),
    );
  });

  it("carries a chain of 20,000 nodes", () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => ({
      id: `n${at}`,
      parent: at === 0 ? undefined : `n${at - 1}`,
    }));
    expect(layoutTree(chain).at(-1)).toMatchObject({ id: "n0", x: 0, y: 0 });
  });
});

describe("the page", () => {
  const node = (id: string, parents: string[], code: string): Solution => ({
    id,
    proposal: 0,
    parents,
    candidate: { plan: "<b>plan</b>", code },
    evaluation: { valid: true, score: { value: 0.5, source: "held-out" }, scores: [], feedback: "fine" },
  });
  const page = renderTreePage({
    name: "run <1>",
    task: { goal: 'a "goal"', metric: "rmse", direction: "minimize" },
    solutions: [node("0-0", [], "print('</script><script>alert(1)</script>')"), node("1-0", ["0-0"], "x")],
    best: "1-0",
  });

  it("needs no network and lets no code out of its data", () => {
    expect(page).not.toMatch(/https?:\/\//);
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).toContain("run &lt;1&gt;");
    expect(page).toContain('class="best" data-id="1-0"');
  });
});
