// pnpm's script for a binary starts it as a child, so that a signal to `aide` would end the script and leave the run going. A link has no process of its own.
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { root } from "./toolchain.mjs";

if (process.platform !== "win32") {
  const link = join(root, "node_modules", ".bin", "node");
  rmSync(link, { force: true });
  symlinkSync(join("..", "node", "bin", "node"), link);
}
