import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { eventsIn, journalText, play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/index.ts";
import { chains, scene, searches, slotNumbers } from "./scenes.ts";

const kills = Number(process.env["AIDE_KILLS"] ?? 18);
const player = fileURLToPath(new URL("./player.ts", import.meta.url));

const cases = chains.flatMap((chain) =>
  searches.flatMap((search) => slotNumbers.map((slots) => [chain, search, slots] as const)),
);
const killsEach = Math.ceil(kills / cases.length);

/** Runs a player until it ends or is killed, `after` milliseconds from when it has begun. */
const perform = (args: readonly string[], after: number | undefined): Promise<"ended" | "killed"> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--conditions=@aide-ts/source", player, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.once("data", () => {
      if (after !== undefined) void pause(after).then(() => child.kill("SIGKILL"));
    });
    child.on("close", (code, signal) => {
      if (signal === "SIGKILL") resolve("killed");
      else if (code === 0) resolve("ended");
      else reject(new Error(`the player ended with ${code ?? signal}`));
    });
  });

describe("a process that is killed at any time", () => {
  it.each(cases)(
    "leaves a run of %s, %s with %i slots that goes on to the same journal",
    { timeout: 600_000 },
    async (chain, search, slots) => {
      const undisturbed = await play(scene(chain, search, slots));
      const random = seededRandom("kills", chain, search, slots);
      let killed = 0;
      for (let run = 0; killed < killsEach; run++) {
        const folder = mkdtempSync(join(tmpdir(), "aide-kill-"));
        const file = join(folder, "events.jsonl");
        const args = (part: number) => [chain, search, String(slots), folder, String(1 + ((run * 31 + part) % 97))];
        let part = 0;
        while (killed < killsEach && (await perform(args(part++), random() * 160)) === "killed") killed++;
        // Also where it had ended: the kill may have come while it wrote its journal down.
        await perform(args(part), undefined);
        expect(readFileSync(join(folder, "journal"), "utf8")).toBe(journalText(undisturbed));

        const [ended, again, starts] = [new Set<string>(), [] as string[], new Map<string, number>()];
        for (const event of eventsIn(file)) {
          if (event.type === "effect-ended") ended.add(event.place);
          if (event.type !== "effect-started") continue;
          if (ended.has(event.place)) again.push(event.place);
          if (event.kind === "generate") starts.set(event.place, (starts.get(event.place) ?? 0) + 1);
        }
        expect(again, "effects that were done again although the log held their ends").toEqual([]);
        const inFlight = [...starts.values()].reduce((sum, count) => sum + count - 1, 0);
        const asked = readFileSync(join(folder, "asked"), "utf8").trimEnd().split("\n").length;
        expect(asked).toBeLessThanOrEqual(undisturbed.backend.requests.length + inFlight);
      }
    },
  );
});
