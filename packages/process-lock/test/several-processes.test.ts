import { readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tryLock } from "../src/index.ts";
import { Child, until } from "./children.ts";
import { deadOwner } from "./owners.ts";

const count = new URL("./fixtures/count.ts", import.meta.url);
const hold = new URL("./fixtures/hold.ts", import.meta.url);
const flicker = new URL("./fixtures/flicker.ts", import.meta.url);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const countTogether = async (name: string, dead: string): Promise<string> => {
  const [path, counter] = [join(folder, name), join(folder, `${name}-counter`)];
  await writeFile(counter, "0");
  const children = Array.from({ length: 8 }, () => new Child(count, path, counter, "25", dead));
  await Promise.all(children.map((child) => child.exit()));
  return readFile(counter, "utf8");
};

describe("among several processes", { timeout: 120_000 }, () => {
  it("one is in at a time", async () => {
    expect(await countTogether("released", "")).toBe("200");
    expect((await readdir(folder)).filter((name) => name.startsWith("released"))).toEqual(["released-counter"]);
  });

  it("one is in at a time where each takes over from a dead one", async () => {
    expect(await countTogether("dead", JSON.stringify(await deadOwner()))).toBe("200");
    expect((await readdir(folder)).filter((name) => name.startsWith("dead")).sort()).toEqual(["dead", "dead-counter"]);
  });

  it("one of those that wait follows at once on one that was killed", async () => {
    const path = join(folder, "killed");
    await using holder = new Child(hold, path, "killed");
    await until(() => holder.lines.includes("holds"));
    await using first = new Child(hold, path, "killed");
    await using second = new Child(hold, path, "killed");
    await using third = new Child(hold, path, "killed");
    const waiters = [first, second, third];
    await until(() => waiters.every((child) => child.lines.includes(`waits for ${holder.pid}`)));
    const holding = () => waiters.filter((child) => child.lines.includes("holds")).length;
    expect(holding()).toBe(0);
    await holder.kill();
    await until(() => holding() > 0, 2_000);
    await pause(1_000);
    expect(holding()).toBe(1);
  });

  it("none ever sees a lock without an owner", async () => {
    const path = join(folder, "flickering");
    await using child = new Child(flicker, path);
    const seen = new Set<string>();
    await until(() => {
      for (let i = 0; i < 1_000; i++) {
        try {
          seen.add(readFileSync(path, "utf8"));
        } catch {
          continue; // Not locked just now.
        }
      }
      return seen.size > 200;
    }, 60_000);
    const owners = new Set([...seen].map((text): unknown => JSON.parse(text).pid));
    expect([...owners]).toEqual([child.pid]);
  });

  it("one that ends without a word leaves nothing that holds others up, and is not kept alive by its lock", async () => {
    const path = join(folder, "left");
    await using child = new Child(hold, path, "done");
    expect(await child.exit()).toBe(0);
    expect(child.lines).toEqual(["holds"]);
    await using attempt = await tryLock(path).then((attempt) =>
      attempt.kind === "held" ? attempt : Promise.reject(new Error("busy")),
    );
    expect(attempt.kind).toBe("held");
  });
});
