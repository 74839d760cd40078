import { eventsBefore, replayEngine, type Event, type Journal, type Observer } from "@aide-ts/core";
import type { AideError } from "@aide-ts/plugin";
import { readEvents } from "../record/read-events.ts";
import { promptOverridesOf } from "../record/record.ts";
import { divergenceError } from "../report/divergence.ts";
import { recordedInputs } from "./recorded-inputs.ts";
import type { RecordedTask } from "./recorded-task.ts";
import { placeUnknown } from "../errors/run-folder.ts";

export interface ReplayOptions {
  /** Only what was logged before the call at this place. */
  readonly until?: string | undefined;
  /** Is given the number of proposals that are followed. */
  readonly follow: (proposals: number) => Observer;
  readonly signal: AbortSignal;
}

export interface Replayed {
  readonly ending: "completed" | "stopped" | { readonly divergence: unknown };
  readonly journal: Journal;
  /** Proposals that the log holds. */
  readonly proposals: number;
  readonly modelCalls: number;
  readonly executions: number;
}

/**
 * Follows a run's log with the prompts and strategies of now, without model and scripts.
 * @throws AIDE_PLACE_UNKNOWN, and what a strategy throws
 */
export const replayRun = async (
  recorded: RecordedTask,
  { until, follow, signal }: ReplayOptions,
): Promise<Replayed> => {
  const events = upTo(readEvents(recorded.request.folders.logs), until);
  const { inputs, modelOf } = await recordedInputs(recorded);
  const promptOverrides = promptOverridesOf(recorded.request.fork);
  const proposals = events.filter((event) => event.type === "asked" && event.ask.kind === "propose").length;
  const observe = follow(proposals);
  const { ending, journal } = await replayEngine({ ...inputs, promptOverrides, signal, modelOf, observe }, events);
  if (ending.reason === "failure") throw ending.error;
  const started = (kind: string): number =>
    events.filter((event) => event.type === "effect-started" && event.kind === kind).length;
  return {
    ending:
      ending.reason === "divergence"
        ? { divergence: divergenceError(ending.error) }
        : ending.reason === "user"
          ? "stopped"
          : "completed",
    journal,
    proposals,
    modelCalls: started("generate"),
    executions: started("execute"),
  };
};

const upTo = (events: readonly Event[], place: string | undefined): readonly Event[] => {
  if (place === undefined) return events;
  const before = eventsBefore(events, place);
  if (before === undefined) throw unknownPlace(place, events);
  return before;
};

/** Of a place that no call of the log has. */
export const unknownPlace = (place: string, events: readonly Event[]): AideError => {
  const places = events.flatMap((event) =>
    event.type === "effect-started" && event.kind === "generate" ? [event.place] : [],
  );
  const near = places.filter((one) => one.startsWith(`${place.split("-")[0]}-`));
  return placeUnknown(place, near.length > 0 ? near : places);
};
