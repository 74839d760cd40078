import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What tests leave in the temporary folder goes when they have ended. */
export default (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), "aide-tests-"));
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
};
