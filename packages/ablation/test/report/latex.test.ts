import { expect, it } from "vitest";
import { analyse, renderLatex } from "../../src/index.ts";
import { planOf } from "../made-up.ts";
import { cell, graded } from "../outcomes/outcomes.ts";

it("tables for a paper have each arm and each claim, and nothing that TeX takes for its own", () => {
  const plan = planOf("/nowhere", {
    outcome: "report-score",
    tasks: Array.from({ length: 6 }, (_, at) => ({ name: `task ${at}`, values: {} })),
    arms: [
      { name: "base_line", change: {} },
      { name: "50 % & more", change: { slots: 2 } },
    ],
    contrasts: [{ name: "50 % & more − base_line", coefficients: [-1, 1] }],
  });
  const outcomes = plan.tasks.flatMap(({ name: task }, t) =>
    plan.arms.flatMap(({ name }, a) =>
      plan.seeds.map((seed) => ({ ...cell(name, seed, graded(1, 0.5 + a * 0.01 * (t + 1))), task })),
    ),
  );
  const latex = renderLatex(plan, analyse(plan, outcomes));
  expect(latex).toContain("base\\_line & $0.500$ & 100\\,\\% & 100\\,\\% & 0 & 0/12 \\\\");
  expect(latex).toMatch(
    /^50 \\% \\& more \$-\$ base\\_line & \$0\.035\$ & \[\$0\.015\$, \$0\.055\$\] & \$p = 0\.006\$ \\\\$/m,
  );
  expect(latex.match(/\\begin\{tabular\}/g)).toHaveLength(2);
});
