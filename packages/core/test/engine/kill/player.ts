// A run in a process that may be killed: `player.ts <chain> <search> <slots> <folder> <jitter>`. Each request to the model is a line in `asked`.
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { journalText, plausibleAnswer, play } from "@aide-ts/testing";
import { scene } from "./scenes.ts";

const [chain = "", search = "", slots = "1", folder = "", jitter = "1"] = process.argv.slice(2);

process.stdout.write("begun\n");
const played = await play({
  ...scene(chain, search, Number(slots)),
  file: join(folder, "events.jsonl"),
  jitter: Number(jitter),
  reply: (request, call) => {
    appendFileSync(join(folder, "asked"), `${call.seed}\n`);
    return plausibleAnswer(request, call);
  },
});
writeFileSync(join(folder, "journal"), journalText(played));
