import { basename } from "node:path";
import { eventsBefore, replayEngine, type Event } from "@aide-ts/core";
import { AideError } from "@aide-ts/plugin";
import type { Shell } from "../command-line.ts";
import { divergenceError } from "../render/divergence.ts";
import { renderError } from "../render/error.ts";
import { liveView } from "../render/live-view.ts";
import { recordedDecisions } from "../run/recorded-decisions.ts";
import { readEvents } from "../run/read-events.ts";
import { replacedBy } from "../run/record.ts";
import { reopen } from "../run/reopen.ts";
import { readFlags } from "./flags.ts";

/** `aide replay [run] [--until place]`: follows the log with the prompts and strategies of now, without model and scripts. */
export const replay = async (args: readonly string[], shell: Shell): Promise<number> => {
  const { positionals, value } = readFlags(args, { values: ["until"] });
  const reopened = await reopen(positionals[0], shell);
  const { logs, record } = reopened;
  const events = until(await readEvents(logs), value("until"));
  const { decided, modelOf } = await recordedDecisions(reopened);
  shell.out(`replay   ${basename(logs)}`);
  const steps = events.filter((event) => event.type === "asked" && event.ask.kind === "propose").length;
  const view = liveView(shell, steps);
  const { ending, journal } = await replayEngine(
    { ...decided, replaced: replacedBy(record.fork), signal: shell.signal, modelOf, observe: view.observe },
    events,
  );
  view.close();
  if (ending.reason === "divergence") {
    shell.err(renderError(divergenceError(ending.error, fix)).text);
    return 1;
  }
  if (ending.reason === "failure") throw ending.error;
  const count = (kind: string) =>
    events.filter((event) => event.type === "effect-started" && event.kind === kind).length;
  shell.out(
    `\n${journal.outcomes.length} of ${steps} proposals end as logged; ${count("generate")} model calls and ${count("execute")} executions were answered from the log.`,
  );
  return ending.reason === "user" ? 130 : 0;
};

const fix = "Restore what was changed since the run: prompts, strategies, their options, or the code of aide.";

const until = (events: readonly Event[], place: string | undefined): readonly Event[] => {
  if (place === undefined) return events;
  const before = eventsBefore(events, place);
  if (before === undefined) throw noPlace(place, events);
  return before;
};

export const noPlace = (place: string, events: readonly Event[]): AideError => {
  const places = events.flatMap((event) =>
    event.type === "effect-started" && event.kind === "generate" ? [event.place] : [],
  );
  const near = places.filter((one) => one.startsWith(`${place.split("-")[0]}-`));
  return new AideError({
    code: "AIDE_PLACE_UNKNOWN",
    message: `The run's log holds no call at "${place}".`,
    fix: `Name one of its calls: ${(near.length > 0 ? near : places).slice(0, 20).join(", ")}.`,
    fault: "user",
  });
};
