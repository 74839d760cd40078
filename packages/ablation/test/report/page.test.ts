import { expect, it } from "vitest";
import { analyse, renderPage, type CellOutcome, type Plan } from "../../src/index.ts";
import { planOf } from "../made-up.ts";
import { cell, failed, frozen, graded } from "../outcomes/outcomes.ts";

const plan: Plan = planOf("/nowhere", {
  name: "Does <reflection> help?",
  tasks: Array.from({ length: 8 }, (_, at) => ({ name: `task ${at}`, values: {} })),
  outcome: "report-score",
});
const tokens = { prompt: 0, cached: 0, reasoning: 0, answer: 500 };
const outcomes: readonly CellOutcome[] = plan.tasks.flatMap(({ name: task }, t) =>
  plan.arms.flatMap(({ name: arm }, a) =>
    plan.seeds.map((seed) => {
      const score = 0.4 + a * (0.1 + 0.01 * (t % 3)) + 0.02 * seed;
      const { grades } = graded(1, score);
      return {
        ...cell(arm, seed),
        task,
        folder: `cells/task+${t}/${arm}%2b/seed-${seed}`,
        grades: grades && { ...grades, solutions: [{ id: "0-1", grade: grades.final }] },
        course: [{ step: 1, tokens, chosen: "0-1" }],
      };
    }),
  ),
);

it("a page holds claims, pictures, where scores come from, a link for each cell, and needs no network", () => {
  const page = renderPage(plan, analyse(plan, outcomes), outcomes, frozen);
  expect(page).toContain("<title>Does &lt;reflection&gt; help?</title>");
  expect(page).toContain("On tasks like these the score is higher: difference 0.1");
  expect(page.match(/<svg class="chart"/g)).toHaveLength(2);
  expect(page).toContain("lost by choosing");
  // A folder's own percent sign is no escape of the link.
  expect(page).toContain('<a href="cells/task+0/reflection%252b/seed-1/tree_plot.html" title="seed 1">0.520</a>');
  expect(page).not.toMatch(/<(?:script|link|img)[^>]*(?:src|href)=/);
  expect(page).not.toMatch(/NaN|undefined/);
});

it("a page has no curve over tokens where no model was asked", () => {
  const none = { prompt: 0, cached: 0, reasoning: 0, answer: 0 };
  const asked = outcomes.map((one) => ({ ...one, course: one.course.map((step) => ({ ...step, tokens: none })) }));
  const page = renderPage(plan, analyse(plan, asked), asked, frozen);
  expect(page).not.toContain("Score over tokens");
  expect(page.match(/<svg class="chart"/g)).toHaveLength(1);
});

it("a page says first whose cells infrastructure took, and which are missing", () => {
  const broken = outcomes.map((one, at) => (at < 3 ? { ...one, ending: failed("infrastructure"), lost: 3 } : one));
  const page = renderPage(plan, analyse(plan, broken), broken, frozen);
  expect(page.indexOf('class="warning"')).toBeLessThan(page.indexOf("What the data say"));
  expect(page).toContain("<span>missing</span>");
});
