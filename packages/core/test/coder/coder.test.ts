import type { Message } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { createCoder, readDirections, type CoderOptions } from "../../src/index.ts";
import { play } from "@aide-ts/testing";

const script = "import os\nprint(os.getcwd())\n";
const user: Message = { role: "user", content: "Write it." };
const opened = (content: string): readonly Message[] => [user, { role: "assistant", content }];

const code = async (
  prompt: (slots: Readonly<Record<string, string>>) => readonly Message[],
  replies: readonly string[],
  options: Partial<CoderOptions> = {},
) => {
  const coder = createCoder({ skeleton: "", directions: [], canContinue: () => true, opens: () => true, ...options });
  const { journal, backend } = await play({
    limits: { steps: 1 },
    coder,
    prompt: (_name, slots) => prompt(slots),
    reply: (_request, { number }) => replies[number] ?? "",
  });
  return { candidate: journal.solutions[0]?.candidate, requests: backend.requests.map(({ request }) => request) };
};

describe("directions", () => {
  it("are the items of a list, those of the other kind left out", () => {
    const list = "# Ways\n- Tune it.\n- regression: Take the logarithm.\n- classification: Weigh classes.\ntext\n";
    expect(readDirections(list, "regression")).toEqual(["Tune it.", "Take the logarithm."]);
    expect(readDirections(list, "classification")).toEqual(["Tune it.", "Weigh classes."]);
  });
});

describe("the coder", () => {
  it("begins an answer as the prompt does, and takes that for part of it", async () => {
    const { candidate, requests } = await code(() => opened("```python\n# Estimator:"), [` a forest\n${script}\`\`\``]);
    expect(requests[0]).toMatchObject({ messages: [user], continueFrom: { text: "```python\n# Estimator:" } });
    expect(candidate).toMatchObject({ code: `# Estimator: a forest\n${script}`, plan: "Estimator: a forest" });
  });

  it("ends the line of an opened fence", async () => {
    const { candidate, requests } = await code(() => opened("```python"), [`${script}\`\`\``]);
    expect(requests[0]?.continueFrom?.text).toBe("```python\n");
    expect(candidate?.code).toBe(script);
  });

  it("leaves the beginning out where the model cannot go on from one, or thinks first", async () => {
    const { candidate, requests } = await code(() => opened("```python"), [`\`\`\`python\n${script}\`\`\``], {
      opens: () => false,
    });
    expect(requests[0]).toMatchObject({ messages: [user] });
    expect(requests[0]).not.toHaveProperty("continueFrom");
    expect(candidate?.code).toBe(script);
  });

  it("goes on behind an opened fence after an answer without code, once", async () => {
    const { candidate, requests } = await code(() => [user], ["I would use a forest.", `${script}\`\`\``]);
    expect(requests[1]?.continueFrom?.text).toBe("I would use a forest.\n\n```python\n");
    expect(candidate).toMatchObject({ code: script, plan: "I would use a forest." });
    expect((await code(() => [user], ["No.", "No."])).requests).toHaveLength(2);
    expect((await code(() => [user], ["No."], { canContinue: () => false })).requests).toHaveLength(1);
  });

  it("points improvements alone to a direction, the same for the same seed", async () => {
    const directions = ["a", "b", "c", "d"];
    const run = async () => {
      const seen: string[] = [];
      await play({
        limits: { steps: 12 },
        coder: createCoder({ skeleton: "", directions, canContinue: () => false, opens: () => false }),
        prompt: (name, { direction = "" }) => {
          seen.push(`${name} ${direction}`);
          return [user];
        },
      });
      return seen;
    };
    const seen = await run();
    const improved = seen.filter((line) => line.startsWith("coder/improve"));
    expect(improved.length).toBeGreaterThan(2);
    expect(improved.every((line) => directions.some((direction) => line.endsWith(` ${direction}`)))).toBe(true);
    expect(new Set(improved).size).toBeGreaterThan(1);
    expect(seen.filter((line) => !line.startsWith("coder/improve")).every((line) => line.endsWith(" "))).toBe(true);
    expect(await run()).toEqual(seen);
  });
});
