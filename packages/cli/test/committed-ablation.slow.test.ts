import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { aide, freshFolder } from "./aide.ts";

const results = fileURLToPath(new URL("../../../docs/results/ablation-1.5b/", import.meta.url));

it(
  "the page of the ablation in docs/results is what its capsule gives, byte for byte",
  { timeout: 120_000 },
  async () => {
    const root = freshFolder();
    await aide(["report", join(results, "ablation-1.5b.tar.zst"), "--out", "out"], root);
    const [made, committed] = [join(root, "out"), results].map((folder) => readFileSync(join(folder, "report.html")));
    // Not shown as a difference: it would be as long as the page.
    expect(made?.equals(committed ?? Buffer.alloc(0))).toBe(true);
  },
);
