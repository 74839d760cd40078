import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll } from "vitest";
import { findScriptsPython } from "../../../tools/vitest/scripts-python.ts";

/** Runs a program of this package on a script, with the packages that scripts have: what it prints behind its mark. */
export const pythonProgram = (name: string, mark: string): (<Answer>(script: string, options: object) => Answer) => {
  const file = fileURLToPath(new URL(`../python/${name}.py`, import.meta.url));
  let python = "";
  beforeAll(async () => {
    python = await findScriptsPython();
  }, 300_000);
  return (script, options) => {
    const folder = mkdtempSync(join(tmpdir(), "aide-program-"));
    writeFileSync(join(folder, "candidate.py"), script);
    writeFileSync(join(folder, "options.json"), JSON.stringify(options));
    const out = execFileSync(python, [file], { cwd: folder }).toString();
    return JSON.parse(out.slice(out.indexOf(mark) + mark.length));
  };
};
