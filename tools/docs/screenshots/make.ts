// Takes the pictures of the documentation with Chromium, and notes which pages they were taken of. CHROMIUM names another program.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../places.ts";
import { digestOf, digestsFile, pictures } from "./pictures.ts";

const chromium = process.env["CHROMIUM"] ?? "chromium";
const folder = mkdtempSync(join(tmpdir(), "aide-screenshots-"));
const all = await pictures();
for (const { file, html, width, height } of all) {
  const page = join(folder, "page.html");
  writeFileSync(page, html);
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--force-device-scale-factor=1.5",
    `--user-data-dir=${join(folder, "profile")}`,
    `--window-size=${width},${height}`,
    `--screenshot=${join(repository, "docs/public", file)}`,
  ];
  execFileSync(chromium, [...flags, `file://${page}`], { stdio: ["ignore", "ignore", "ignore"], timeout: 60_000 });
}
const digests = Object.fromEntries(all.map((picture) => [picture.file, digestOf(picture)]));
writeFileSync(digestsFile, `${JSON.stringify(digests, null, 2)}\n`);
rmSync(folder, { recursive: true, force: true });
