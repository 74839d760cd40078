import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What tests leave in the temporary folder goes when they have ended. */
export default (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), "aide-tests-"));
  // Some tests run the command as another user.
  chmodSync(folder, 0o755);
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
};
