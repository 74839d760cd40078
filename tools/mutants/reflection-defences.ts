import type { Defence } from "./defence.ts";

const source = "packages/strategy-reflection/src";
const mending = ["packages/strategy-reflection/test/mending.test.ts"];
const controls = ["packages/strategy-reflection/test/controls.test.ts"];
const panel = ["packages/strategy-reflection/test/panel.test.ts"];
const reflection = ["packages/strategy-reflection/test/reflection.test.ts"];

/** What keeps reflections and their controls from saying more, or less, than they are for. */
export const reflectionDefences: readonly Defence[] = [
  {
    name: "an edit that makes it worse is not kept",
    file: `${source}/reflection/loop.ts`,
    from: 'accept === "always" || !isBetter(work.task, kept, solution)',
    to: 'accept !== "never" || !isBetter(work.task, kept, solution)',
    tests: reflection,
  },
  {
    name: "only the operators that are named are reflected on",
    file: `${source}/reflection/loop.ts`,
    from: "!operators.includes(proposal.operator)",
    to: "operators.length === 0",
    tests: reflection,
  },
  {
    name: "a reduced edit that fails does not take the place of one that passes",
    file: `${source}/reflection/edit-phase.ts`,
    from: "const solution = smaller.evaluation.valid ? smaller : after;",
    to: "const solution = smaller;",
    tests: reflection,
  },
  {
    name: "a sham critique is as long as the real one",
    file: `${source}/controls/sham.ts`,
    from: 'before > 1 ? `Review ${filled(review, before - 1)}\\n` : ""',
    to: '""',
    tests: controls,
  },
  {
    name: "a sham critique cites places drawn at random",
    file: `${source}/controls/sham.ts`,
    from: "const start = 1 + Math.floor(random() * (total - length + 1));",
    to: "const start = first;",
    tests: controls,
  },
  {
    name: "a sham critique says nothing of the real one",
    file: `${source}/controls/sham.ts`,
    from: "${filled(advice, ",
    to: "${text} ${filled(advice, ",
    tests: [...controls, ...mending],
  },
  {
    name: "a shuffled critique is of another task",
    file: `${source}/controls/critique-bank.ts`,
    from: "entry.task.trim() !== task.trim()",
    to: 'entry.task.trim() !== ""',
    tests: controls,
  },
  {
    name: "a shuffled critique is of the same kind of failure",
    file: `${source}/controls/critique-bank.ts`,
    from: "entry.failure === failure",
    to: 'entry.failure !== ""',
    tests: controls,
  },
  {
    name: "no further sample is drawn once its tokens are used",
    file: `${source}/controls/resample.ts`,
    from: "bill.tokens() < tokens && ",
    to: "",
    tests: mending,
  },
  {
    name: "an edit without critique asks no critic",
    file: `${source}/controls/edit-without-critique.ts`,
    from: 'editPhase(solution, { text: "", lines: [] }',
    to: "editPhase(solution, { text: solution.evaluation.feedback, lines: [] }",
    tests: mending,
  },
  {
    name: "a place is edited that a quorum of critics names",
    file: `${source}/panel/merged.ts`,
    from: "voters.size >= quorum",
    to: "voters.size >= 1",
    tests: panel,
  },
  {
    name: "a critic has one vote for a place",
    file: `${source}/panel/merged.ts`,
    from: "new Set([...same.voters, voter])",
    to: "new Set([...same.voters, voter + same.voters.size * 100])",
    tests: panel,
  },
  {
    name: "Reflexion remembers only its latest lessons",
    file: `${source}/reflexion/reflexion.ts`,
    from: "lessons.slice(Math.max(0, lessons.length - memory))",
    to: "lessons.slice()",
    tests: mending,
  },
  {
    name: "a script that its own checks stop has not passed",
    file: `${source}/reflexion/checks.ts`,
    from: 'if (fate === "ok") return undefined;',
    to: "if (fate !== undefined) return undefined;",
    tests: mending,
  },
  {
    name: "Self-Refine remembers its feedback",
    file: `${source}/self-refine.ts`,
    from: "earlier.push(feedback);",
    to: "",
    tests: mending,
  },
];
