import { chmodSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What tests leave in the temporary folder goes when they have ended, with what the programs that they start keep compiled between their starts. */
export default (): (() => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), "aide-tests-"));
  // Some tests run the command as another user.
  chmodSync(folder, 0o755);
  process.env["TMPDIR"] = folder;
  process.env["NODE_COMPILE_CACHE"] = join(folder, "compiled");
  // File by file, as `rmSync` does it, a hundred thousand take minutes.
  return () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
};
