import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { aide, block, good, project } from "./aide.ts";

const [configured, inherited] = ["sk-configured-123456", 'sk-inherited-"654321'];

it(
  "keys of the config and of the environment stand nowhere in what a run leaves and prints",
  { timeout: 120_000 },
  async () => {
    const leaking = `${block(`${good}\nprint("${configured}")`)}\nThe key is ${inherited}.`;
    const root = project([leaking], { backend: { apiKey: configured } });
    const env = { VENDOR_API_KEY: inherited };
    const printed = [
      await aide(["run", "budget.steps=2", `backend.model=${configured}`], root, env),
      await aide(["show"], root, env),
      await aide(["show", "0", "0-0"], root, env),
      await aide(["config", "show"], root, env),
      await aide(["resume", "budget.steps=3", `backend.model=${configured}`], root, env),
      await aide(["replay"], root, env),
      await aide(["run", `data_dir=${configured}`], root, env),
    ];
    expect(printed.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0, 2]);
    const files = readdirSync(join(root, "logs"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    const everything = [...files, ...printed.flatMap(({ out, err }) => [out, err])].join("\n");
    for (const secret of [configured, inherited, JSON.stringify(inherited).slice(1, -1)])
      expect(everything).not.toContain(secret);
    expect(everything).toContain("***");
    const without = await aide(["resume", "budget.steps=4"], root, env);
    expect(without.err).toContain("AIDE_SECRET_MISSING");
    expect(without.err).toContain("aide resume … backend.model=…");
  },
);
