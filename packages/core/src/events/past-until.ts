import type { Event } from "./event.ts";

/** The events before a place is first reached: a call (`5-0.1-2`), or a proposal (`5`). `undefined` where the log does not hold it. */
export const eventsBefore = (events: readonly Event[], place: string): readonly Event[] | undefined => {
  const at = events.findIndex((event) =>
    event.type === "asked"
      ? event.ask.kind === "propose" && String(event.number) === place
      : event.type === "effect-started" && event.place === place,
  );
  return at === -1 ? undefined : events.slice(0, at);
};

/** The events without calls that had no end yet: in a copy of the log they were never sent. */
export const withoutOpen = (events: readonly Event[]): readonly Event[] => {
  const ended = new Set(
    events.flatMap((event) =>
      event.type === "effect-ended" || event.type === "effect-failed" || event.type === "effect-cut"
        ? [event.place]
        : [],
    ),
  );
  return events.filter((event) => event.type !== "effect-started" || ended.has(event.place));
};
