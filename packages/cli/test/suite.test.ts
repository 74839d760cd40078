import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { findScriptsPython } from "../../../tools/vitest/scripts-python.ts";
import { aide } from "./aide.ts";

/** Anything turns these tests on; `all` checks each task, else those for development. */
const chosen = process.env["AIDE_SUITE"] ?? "";
if (chosen === "") console.log("Tests on the tasks of tabular-small are skipped. To run them: npm run test:suite");

const folder = mkdtempSync(join(tmpdir(), "aide-suite-"));
const env = { XDG_DATA_HOME: join(folder, "share"), XDG_STATE_HOME: join(folder, "state") };
const tasks = join(env.XDG_DATA_HOME, "aide", "tasks", "tabular-small");
const labels = join(env.XDG_STATE_HOME, "aide", "report-labels", "tabular-small");

const entries: readonly { readonly name: string; readonly part: string }[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../suite-tabular-small/tasks.json"), "utf8"),
);
const checked = entries
  .filter(({ part }) => chosen === "all" || part === "development")
  .flatMap(({ name }) => [name, `${name}-twin`]);

describe.skipIf(chosen === "")("the suite tabular-small", () => {
  beforeAll(async () => {
    // Other bytes than those of its list's checksums are refused.
    const prepared = await aide(["tasks", "prepare", "tabular-small"], folder, env);
    if (!prepared.out.includes(`${2 * entries.length} tasks of tabular-small are prepared`))
      throw new Error(prepared.out + prepared.err);
  }, 300_000);

  it("holds no table that the scripts' Python ships", { timeout: 300_000 }, async () => {
    const python = await findScriptsPython();
    const scan = join(import.meta.dirname, "../../../tools/suite/scan.py");
    const { stdout } = await promisify(execFile)(python, ["-B", scan, tasks, labels], { maxBuffer: 10_000_000 });
    const { looked, columns, found } = JSON.parse(stdout);
    expect({ looked, found }).toEqual({ looked: entries.length, found: {} });
    // scikit-learn and statsmodels alone ship hundreds.
    expect(columns).toBeGreaterThan(500);
  });

  it.each(checked)(
    "%s passes its rehearsal, and its grader knows good from bad",
    { timeout: 300_000 },
    async (name) => {
      const { out, err } = await aide(["tasks", "check", name], folder, env);
      expect(out + err).toBe(`tabular-small/${name}   sound\n`);
    },
  );

  it("is listed, shown and frozen, and its sealed tasks run under that setup alone", { timeout: 120_000 }, async () => {
    const sealed = entries.find(({ part }) => part === "sealed-a")?.name ?? "";
    const listed = await aide(["tasks", "list"], folder, env);
    expect(listed.out.match(/ yes /g)).toHaveLength(2 * entries.length);
    const refused = await aide(["inspect", `task=${sealed}`], folder, env);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("AIDE_SEAL_MISSING") });
    expect((await aide(["tasks", "seal"], folder, env)).out).toMatch(/tabular-small is sealed under [0-9a-f]{8}/);
    expect(await aide(["inspect", `task=${sealed}`], folder, env)).toMatchObject({ code: 0 });
    expect((await aide(["tasks", "show", sealed], folder, env)).out).toMatch(/frozen +[0-9a-f]{8}/);
  });
});
