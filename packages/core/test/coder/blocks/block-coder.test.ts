import { play } from "@aide-ts/testing";
import type { Guidance, Message, Search, Solution, Strategy } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { createBlockCoder, type BlockCoderOptions, type Direction } from "../../../src/index.ts";

const frame = `import numpy as np

def add_features(data):
    """Adds."""
    return data

def make_estimator():
    return ...

fit(add_features, make_estimator)
`;
const direction = (name: string, begins = ""): Direction => ({
  title: `${name}, way`,
  function: name,
  text: `Change ${name}.`,
  begins,
});
const estimators = [
  { imported: "from a import First", made: "First(1)" },
  { imported: "from b import Second", made: "Second()" },
];
const user: Message = { role: "user", content: "Write it." };

/** A draft, then an improvement or a repair of it. */
const steps = (...operators: readonly string[]): Search => ({
  ask: (view, number) => {
    const operator = operators[number];
    if (operator === undefined) return { kind: "done", reason: "all" };
    const parents = number === 0 || operator === "draft" ? [] : [view.outcomes[0]?.solutions[0]?.id ?? ""];
    return { kind: "propose", proposal: { operator, parents, memory: [], guidance: [] } };
  },
  tell: () => undefined,
});

/** Gives guidance to improvements. */
const guiding =
  (guidance: readonly Guidance[]): Strategy =>
  (next) =>
  (proposal, work) =>
    next(proposal.operator === "improve" ? { ...proposal, guidance } : proposal, work);

const run = async (
  operators: readonly string[],
  replies: readonly string[],
  options: Partial<BlockCoderOptions> = {},
  guidance: readonly Guidance[] = [],
) => {
  const prompts: { name: string; slots: Readonly<Record<string, string>> }[] = [];
  const coder = createBlockCoder({
    skeleton: frame,
    directions: [],
    canContinue: () => true,
    opens: () => true,
    estimators,
    drafts: "defaults",
    blockDirections: [direction("add_features", "{{body}}")],
    ...options,
  });
  const { journal, backend } = await play({
    limits: { steps: operators.length },
    search: () => steps(...operators),
    coder,
    strategies: [guiding(guidance)],
    prompt: (name, slots) => {
      prompts.push({ name, slots });
      return [user, { role: "assistant", content: `\`\`\`python\n${slots["opening"] ?? ""}`.trim() }];
    },
    reply: (_request, { number }) => replies[number] ?? "",
  });
  return {
    solutions: journal.solutions as readonly Solution[],
    prompts,
    requests: backend.requests.map(({ request }) => request),
  };
};

describe("the coder of functions", () => {
  it("drafts one estimator after the other without a call, and asks for one when the list is at its end", async () => {
    const { solutions, requests, prompts } = await run(["draft", "draft", "draft"], ["    return Third()\n```"]);
    expect(solutions.map(({ candidate }) => candidate.plan)).toEqual([
      "First(1), as it is",
      "Second(), as it is",
      "make_estimator, draft",
    ]);
    expect(solutions[0]?.candidate.code).toBe(`from a import First\n${frame.replace("...", "First(1)")}`);
    expect(requests).toHaveLength(1);
    expect(prompts[0]).toMatchObject({ name: "coder/draft-block", slots: { function: "make_estimator" } });
    expect(solutions[2]?.candidate.code).toBe(frame.replace("...", "Third()"));
  });

  it("asks a model for first scripts where that is wanted", async () => {
    const { solutions, requests } = await run(["draft"], ["    return Third()\n```"], { drafts: "model" });
    expect(requests).toHaveLength(1);
    expect(solutions[0]?.candidate.code).toContain("Third()");
  });

  it("improves one function in one direction, from where it stands, and leaves all else as it is", async () => {
    const first = '    data["a"] = 1\n    return data\n```';
    const { solutions, requests, prompts } = await run(["draft", "improve"], [first]);
    expect(prompts[0]).toMatchObject({
      name: "coder/improve-block",
      slots: { function: "add_features", direction: "Change add_features." },
    });
    expect(requests[0]).toMatchObject({
      continueFrom: { text: '```python\ndef add_features(data):\n    """Adds."""\n' },
      stop: expect.arrayContaining(["\n```"]),
    });
    const before = solutions[0]?.candidate.code ?? "";
    expect(solutions[1]?.candidate).toMatchObject({
      plan: "add_features, way",
      code: before.replace("    return data", '    data["a"] = 1\n    return data'),
    });
  });

  const others = ["add_features", "make_estimator", "fit"].flatMap((name) => [direction(name), direction(name)]);
  const blockDirections = others.map((one, at) => ({ ...one, title: `${one.function}, way ${at}` }));

  it("shows a script up to its frame for an improvement, and all of it for a repair", async () => {
    const skeleton = frame.replace("fit(", "def prepare(table):\n    return add_features(table)\n\nfit(");
    const { prompts } = await run(["draft", "improve", "debug"], ["    return data\n```", "    return data\n```"], {
      skeleton,
    });
    const [improving = "", repairing = ""] = prompts.map(({ slots }) => slots["code"]);
    expect(improving).toMatch(/return First\(1\)\n\n# The rest reads the tables/);
    expect(improving).not.toContain("prepare(table)");
    expect(repairing).toContain("def prepare(table):");
    expect(repairing).toMatch(/make_estimator\)$/);
  });

  it("improves the function that guidance names, whoever gives it", async () => {
    const operators = ["draft", ...Array.from({ length: 12 }, () => "improve")];
    for (const name of ["add_features", "make_estimator"]) {
      const guidance = [{ from: "anybody", title: `Function: ${name}`, text: "It matters most." }];
      const { prompts } = await run(operators, [], { blockDirections }, guidance);
      expect(new Set(prompts.map(({ slots }) => slots["function"]))).toEqual(new Set([name]));
      expect(prompts[0]?.slots["guidance"]).toContain("It matters most.");
    }
  });

  it.each(["Function: fit", "Function: unknown", "Function: add_features and more", "add_features"])(
    "draws from all directions where guidance is titled %s",
    async (title) => {
      const operators = ["draft", ...Array.from({ length: 12 }, () => "improve")];
      const { prompts } = await run(operators, [], { blockDirections }, [{ from: "a", title, text: "" }]);
      expect(new Set(prompts.map(({ slots }) => slots["function"]))).toEqual(
        new Set(["add_features", "make_estimator"]),
      );
    },
  );

  it("begins a function with what it returns now", async () => {
    const blockDirections = [direction("make_estimator", "return Mean({{returned}}, {{called}}(")];
    const { solutions, requests } = await run(["draft", "improve"], ["2))"], { blockDirections });
    expect(requests[0]?.continueFrom?.text).toMatch(/def make_estimator\(\):\n    return Mean\(First\(1\), First\($/);
    expect(solutions[1]?.candidate.code).toContain("return Mean(First(1), First(2))");
  });

  it("takes the whole function from a model that cannot go on from an answer", async () => {
    const answer = "I add a column.\n\n```python\ndef add_features(data):\n    data['b'] = 2\n    return data\n```";
    const { solutions, requests } = await run(["draft", "improve"], [answer], { opens: () => false });
    expect(requests[0]).not.toHaveProperty("continueFrom");
    expect(requests[0]).not.toHaveProperty("stop");
    expect(solutions[1]?.candidate.code).toContain("data['b'] = 2");
  });

  it("says what is missing where an answer has no such function", async () => {
    const { solutions } = await run(["draft", "improve"], ["No."], {
      opens: () => false,
      blockDirections: [direction("make_estimator")],
    });
    expect(solutions[1]?.candidate).toMatchObject({ code: "", defect: "no-code" });
  });

  it("repairs the function that the error came from, or else the estimator", async () => {
    const { prompts } = await run(["draft", "debug"], ["    return data"]);
    expect(prompts[0]).toMatchObject({ name: "coder/debug-block", slots: { function: "make_estimator" } });
  });

  it("leaves scripts without such functions, and other operators, to the coder of whole scripts", async () => {
    const whole = "```python\nprint(1)\n```";
    const { prompts, solutions } = await run(["crossover", "improve"], [whole, whole], { opens: () => false });
    expect(prompts.map(({ name }) => name)).toEqual(["coder/crossover", "coder/improve"]);
    expect(solutions[1]?.candidate.code).toBe("print(1)\n");
    expect((await run(["draft"], [whole], { opens: () => false, skeleton: "" })).prompts[0]?.name).toBe("coder/draft");
  });
});
