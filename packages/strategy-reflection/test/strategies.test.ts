import { describe, expect, it } from "vitest";
import {
  editWithoutCritique,
  fullRewrite,
  oracleCritique,
  panel,
  reflexion,
  resample,
  selfRefine,
  shamCritique,
  shuffledCritique,
} from "../src/index.ts";
import { lessonsIn } from "../src/reflexion/lessons.ts";
import { repaired, playedWith } from "./scored.ts";

const loop = { trigger: "onFailure", rounds: 1, accept: "if-not-worse" } as const;
const edits = { form: "blocks", neutral: false, reduce: "off", reduceExecutions: 12 } as const;
const scoped = { scope: "flag", margin: 0 } as const;
const two = { ...loop, ...edits, ...scoped, critic: "critic" } as const;
const block = "<<<<<<< SEARCH\nb = bad\n=======\nb = 2\n>>>>>>> REPLACE";
const critique = "Review: `b` is bad.\n1. [logic] line 2: `b` uses a name that is not there";
const declined = "No specific errors found requiring changes.";
const edited = "a = 1\nb = 2\nc = 3\n";

describe("sham-critique", () => {
  it("pays for a critique, and shows the editor none of it", async () => {
    const { notes, code, asked } = await playedWith(shamCritique.create(two, undefined), {
      "reflection/critique": [critique],
      "reflection/edit": [block],
    });
    expect(asked.map((text) => text.split("\n")[0])).toEqual([
      expect.stringContaining("sketch"),
      "reflection/critique",
      "reflection/edit",
    ]);
    expect(asked[2]).not.toContain("uses a name");
    expect(asked[2]).toMatch(/\[other\] lines \d-\d: go over this part/);
    expect(code).toBe(edited);
    expect(notes).toMatchObject([{ outcome: "fixed", findings: { other: 1 } }]);
  });

  it("declines where the critic declines", async () => {
    const { notes } = await playedWith(shamCritique.create(two, undefined), { "reflection/critique": [declined] });
    expect(notes).toEqual([{ round: 1, outcome: "declined" }]);
  });
});

describe("shuffled-critique", () => {
  const bank = [
    { task: "predict", failure: "NameError", critique: "1. [logic] line 2: of the same task" },
    { task: "other", failure: "NameError", critique: "1. [path] line 1: of another task" },
    { task: "other", failure: "KeyError", critique: "1. [path] line 1: of another failure" },
  ];

  it("pays for a critique, and shows the editor that of another task which failed alike", async () => {
    const { notes, asked } = await playedWith(shuffledCritique.create({ ...two, bank }, undefined), {
      "reflection/critique": [critique],
      "reflection/edit": [block],
    });
    expect(asked[2]).toContain("of another task");
    expect(notes).toMatchObject([
      { critiqueOf: "other", sameFailure: true },
      { outcome: "fixed", findings: { path: 1 } },
    ]);
  });

  it("says so where the bank has nothing from another task", async () => {
    const own = bank.slice(0, 1);
    const { notes } = await playedWith(shuffledCritique.create({ ...two, bank: own }, undefined), {
      "reflection/critique": [critique],
    });
    expect(notes).toEqual([{ round: 1, outcome: "no-critique" }]);
  });
});

describe("edit-without-critique", () => {
  it("asks for the edit alone", async () => {
    const { asked, code, notes } = await playedWith(editWithoutCritique.create({ ...loop, ...edits }, undefined), {
      "reflection/edit": [block],
    });
    expect(asked).toHaveLength(2);
    expect(asked[1]).toContain('"critique":""');
    expect(code).toBe(edited);
    expect(notes).toMatchObject([{ outcome: "fixed", size: { outsideScope: 0 } }]);
  });
});

describe("full-rewrite", () => {
  it.each([
    ["fixed", repaired, "a = 1\nb = 2\n"],
    ["unparsable", "Sorry.", undefined],
    ["no-op", "```python\na = 1\nb = bad\nc = 3\n```", undefined],
    ["still-broken", "```python\nbad = 1\n```", undefined],
  ])("is %s by what is written anew", async (outcome, answer, wanted) => {
    const { notes, code } = await playedWith(fullRewrite.create({ ...loop, critic: "critic" }, undefined), {
      "reflection/critique": [critique],
      "full-rewrite/rewrite": [answer],
    });
    expect(notes).toMatchObject([{ outcome, findings: { logic: 1 } }]);
    if (wanted === undefined) expect(code).toContain("bad");
    else expect(code).toBe(wanted);
  });
});

describe("oracle-critique", () => {
  const known = [{ code: "a = 1\nb = bad\nc = 3", fix: edited }];

  it("asks no critic, and gives the editor what is known", async () => {
    const { asked, code } = await playedWith(
      oracleCritique.create({ ...loop, ...edits, ...scoped, known }, undefined),
      {
        "reflection/edit": [block],
      },
    );
    expect(asked).toHaveLength(2);
    expect(asked[1]).toContain("lines 2-2: they must become\nb = 2");
    expect(code).toBe(edited);
  });

  it("has nothing to say of a script it does not know", async () => {
    const strange = [{ code: "x", fix: "y" }];
    const { notes } = await playedWith(
      oracleCritique.create({ ...loop, ...edits, ...scoped, known: strange }, undefined),
      {},
    );
    expect(notes).toEqual([{ round: 1, outcome: "no-critique" }]);
  });
});

describe("resample", () => {
  it("writes again until a script is valid, as often as it may", async () => {
    const options = { trigger: "onFailure", samples: 3 } as const;
    const { notes, code } = await playedWith(resample.create(options, undefined), {
      sketch: [repaired.replace("2", "bad"), "no code", repaired, repaired],
    });
    expect(notes).toMatchObject([
      { sample: 1, outcome: "still-broken", kept: false },
      { sample: 2, outcome: "fixed", kept: true },
    ]);
    expect(code).toBe("a = 1\nb = 2\n");
  });

  it("stops once its samples have used the tokens it is given", async () => {
    const unlimited = await playedWith(resample.create({ trigger: "onFailure", samples: 5 }, undefined), {});
    expect(unlimited.notes).toHaveLength(5);
    const { tokens } = billed(unlimited.notes?.[1]);
    const limited = await playedWith(resample.create({ trigger: "onFailure", samples: 5, tokens }, undefined), {});
    expect(limited.notes).toHaveLength(2);
  });

  it("keeps the better of two valid ones", async () => {
    const options = { trigger: "always", samples: 1 } as const;
    const longer = "```python\na = 1\nb = 2\nc = 3\n```";
    expect((await playedWith(resample.create(options, undefined), { sketch: [longer, repaired] })).code).toBe(
      "a = 1\nb = 2\n",
    );
    expect((await playedWith(resample.create(options, undefined), { sketch: [repaired, longer] })).code).toBe(
      "a = 1\nb = 2\n",
    );
  });
});

const billed = (note: unknown): { readonly tokens: number } => {
  if (typeof note === "object" && note !== null && "tokens" in note && typeof note.tokens === "number")
    return { tokens: note.tokens };
  throw new Error("a note without tokens");
};

describe("self-refine", () => {
  const options = { trigger: "always", rounds: 3, accept: "always", feedbackTemperature: 0.7 } as const;
  const worse = "```python\na = 1\nb = 2\nc = 3\n```";

  it("refines by its own feedback, remembers it, and stops where it has none", async () => {
    const { asked, notes, code } = await playedWith(selfRefine.create(options, undefined), {
      "self-refine/feedback": ["`b` is bad.", "Longer would be better.", "The script is right as it is."],
      "self-refine/refine": [repaired, worse],
    });
    expect(notes).toEqual([
      { round: 1, outcome: "fixed" },
      { round: 2, outcome: "changed" },
      { round: 3, outcome: "declined" },
    ]);
    expect(code).toBe(edited);
    const refined = asked.filter((text) => text.startsWith("self-refine/refine"));
    expect(refined[0]).not.toContain("Round 1");
    expect(refined[1]).toContain("Round 1\n\n`b` is bad.");
  });

  it("offers to leave a script as it is only where it works", async () => {
    const { asked } = await playedWith(selfRefine.create(options, undefined), {
      "self-refine/feedback": ["Go on.", "And on.", "The script is right as it is."],
      "self-refine/refine": [repaired, worse],
    });
    const offers = asked
      .filter((text) => text.startsWith("self-refine/feedback"))
      .map((text) => text.includes("right as"));
    expect(offers).toEqual([false, true, true]);
  });

  it("keeps the better version where its options ask for it", async () => {
    const { code } = await playedWith(selfRefine.create({ ...options, accept: "if-not-worse" }, undefined), {
      "self-refine/feedback": ["Go on."],
      "self-refine/refine": [repaired, worse],
    });
    expect(code).toBe("a = 1\nb = 2\n");
  });
});

describe("reflexion", () => {
  const options = { trials: 3, memory: 1, checks: false };

  it("tries again with the last try and its latest lessons before it, until one passes", async () => {
    const { asked, notes, code } = await playedWith(reflexion.create(options, undefined), {
      sketch: ["```python\nbad = 0\n```", "```python\nbad = 1\n```", repaired],
      "reflexion/lesson": ["Do not use\nbad.", "Really do not."],
    });
    expect(notes).toEqual([
      { trial: 1, outcome: "still-broken", lesson: "Do not use\nbad." },
      { trial: 2, outcome: "fixed", lesson: "Really do not." },
    ]);
    expect(code).toBe("a = 1\nb = 2\n");
    const trials = asked.filter((text) => text.startsWith("sketch"));
    expect(trials[0]).not.toContain("Do not");
    expect(trials[1]).toContain("- Do not use bad.");
    expect(trials[1]).toContain("```python\nbad = 0\n```");
    expect(trials[2]).toContain("- Really do not.");
    expect(trials[2]).not.toContain("Do not use bad");
  });

  it("shows no lessons where it may remember none", async () => {
    const { asked } = await playedWith(reflexion.create({ ...options, memory: 0 }, undefined), {
      "reflexion/lesson": ["Do not."],
    });
    expect(asked.filter((text) => text.startsWith("sketch") && text.includes("Do not."))).toEqual([]);
  });

  it("counts a script as failed that its own checks stop", async () => {
    const passing = "```python\na = 1\n```";
    const { asked, code, notes } = await playedWith(
      reflexion.create({ ...options, checks: true }, undefined),
      {
        "reflexion/checks": ["```python\nassert long, 'too short'\n```"],
        "reflexion/lesson": ["Write more."],
        sketch: [passing, repaired],
      },
      {
        run: ({ code: script }) =>
          script.includes("assert long") && !script.includes("b = 2")
            ? { fate: "exception", exception: { type: "AssertionError", message: "too short", frames: [] } }
            : {},
      },
    );
    expect(notes).toEqual([{ trial: 1, outcome: "fixed", lesson: "Write more." }]);
    expect(code).toBe("a = 1\nb = 2\n");
    expect(asked.find((text) => text.startsWith("reflexion/lesson"))).toContain(
      "A check of the submission fails: AssertionError: too short",
    );
  });

  it("keeps in mind what earlier steps have learnt", () => {
    const outcomes = [
      {
        notes: {
          reflexion: [
            { trial: 1, lesson: "one" },
            { trial: 2, lesson: "" },
          ],
          other: [{ lesson: "not mine" }],
        },
      },
      { notes: {} },
      { notes: { reflexion: ["no lesson", { lesson: "two" }] } },
    ];
    expect(lessonsIn(outcomes, "reflexion")).toEqual(["one", "two"]);
  });
});

describe("panel", () => {
  const options = {
    ...loop,
    ...edits,
    ...scoped,
    critics: ["critic", "judge", "critic"],
    focus: true,
    quorum: 1,
    merge: "votes",
  } as const;

  it("asks each critic by its role and for its own kinds, and edits by all", async () => {
    const { asked, notes } = await playedWith(panel.create(options, undefined), {
      "reflection/critique": [critique, declined, "1. [path] line 1: wrong file"],
      "reflection/edit": [block],
    });
    const reviews = asked.filter((text) => text.startsWith("reflection/critique"));
    expect(new Set(reviews.map((text) => /"focus":"([^"]+)"/.exec(text)?.[1])).size).toBe(3);
    expect(asked.at(-1)).toContain("1. [logic] line 2");
    expect(asked.at(-1)).toContain("2. [path] line 1");
    expect(notes).toMatchObject([{ outcome: "fixed", findings: { path: 1, logic: 1 } }]);
  });

  it("has one model merge the reviews where its options ask for it", async () => {
    const { asked, notes } = await playedWith(panel.create({ ...options, merge: "model" }, undefined), {
      "reflection/critique": [critique],
      "panel/merge": ["1. [metric] line 2: one list"],
      "reflection/edit": [block],
    });
    expect(asked.at(-2)).toContain("## Review 3");
    expect(asked.at(-1)).toContain("one list");
    expect(notes).toMatchObject([{ findings: { metric: 1 } }]);
  });

  it("declines where all critics do", async () => {
    const { notes } = await playedWith(panel.create(options, undefined), { "reflection/critique": [declined] });
    expect(notes).toEqual([{ round: 1, outcome: "declined" }]);
  });
});
