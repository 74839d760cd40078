import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { execa } from "execa";
import { beforeEach, describe, expect, it } from "vitest";
import { batchScript, quoted } from "../src/batch-script.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aide batch's "));
  writeFileSync(join(folder, "scontrol"), `#!/bin/sh\necho "$@" > '${folder.replaceAll("'", "'\\''")}/requeued'\n`);
  chmodSync(join(folder, "scontrol"), 0o755);
});

const write = (program: string, requeues = 3): void => {
  writeFileSync(join(folder, "numbers"), "4 5\n6 7\n");
  writeFileSync(
    join(folder, "program.mjs"),
    `import { writeFileSync } from "node:fs";\nconst folder = ${JSON.stringify(folder)};\n${program}`,
  );
  const command = [process.execPath, join(folder, "program.mjs")];
  const script = batchScript(
    { setup: ["export MARK=set"], requeues },
    { command, numbersFile: join(folder, "numbers") },
  );
  writeFileSync(join(folder, "script"), script);
};

const start = (more: Readonly<Record<string, string>> = {}) =>
  spawn("bash", [join(folder, "script")], {
    env: { PATH: `${folder}:${process.env["PATH"]}`, SLURM_ARRAY_TASK_ID: "1", SLURM_ARRAY_JOB_ID: "77", ...more },
  });

const begun = async (): Promise<void> => {
  while (!existsSync(join(folder, "begun"))) await new Promise((resolve) => void setTimeout(resolve, 20));
};

/** Stops a little after it was asked to, as a run does that finishes what it writes. */
const stops = (code: number): string =>
  `process.on("SIGINT", () => setTimeout(() => process.exit(${code}), 300)); setTimeout(() => {}, 60_000); writeFileSync(folder + "/begun", "");`;

describe("the script of a job", () => {
  it("gives the program the numbers of its line, after the lines of the setup, and ends as it does", async () => {
    write(`writeFileSync(folder + "/seen", process.argv.slice(2).join() + process.env.MARK); process.exit(5);`);
    expect(await once(start(), "exit")).toEqual([5, null]);
    expect(readFileSync(join(folder, "seen"), "utf8")).toBe("6,7set");
  });

  it.each([
    ["warned that its time is up, stops the program and queues itself again", "SIGUSR1", 130, {}, 0, true],
    ["warned, does not queue itself again where the program came to its end", "SIGUSR1", 0, {}, 0, false],
    [
      "warned, does not queue itself again more often than is allowed",
      "SIGUSR1",
      130,
      { SLURM_RESTART_COUNT: "3" },
      130,
      false,
    ],
    ["cancelled, stops the program", "SIGTERM", 130, {}, 130, false],
  ] as const)("%s", async (_, signal, code, variables, ends, requeued) => {
    write(stops(code));
    const child = start(variables);
    await begun();
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([ends, null]);
    expect(existsSync(join(folder, "requeued"))).toBe(requeued);
    if (requeued) expect(readFileSync(join(folder, "requeued"), "utf8")).toBe("requeue 77_1\n");
  });

  it("quotes whatever stands in a path", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0")),
        async (text) => {
          const { stdout } = await execa("sh", ["-c", `printf %s ${quoted(text)}`], { stripFinalNewline: false });
          expect(stdout).toBe(text);
        },
      ),
      { numRuns: 30 },
    );
  });
});
