import { createParser } from "eventsource-parser";
import { Utf8 } from "./decode.ts";
import { garbled } from "../errors.ts";

/** Bytes. Longer than any token's event by far: more is a server that never ends its line. */
export const longestLine = 8 * 2 ** 20;

/** Says what comes next: more, or nothing that counts. */
export type Read = "go on" | "done";

/**
 * Reads server-sent events: `onData` is given each event's data until it answers "done" or the bytes end. Comments and event names are passed
 * over. An event that the end cuts off is not given.
 * @throws AIDE_BACKEND_GARBLED for bytes that are no UTF-8, and for an event that does not end.
 */
export const readEvents = async (
  bytes: AsyncIterable<Uint8Array>,
  server: string,
  onData: (data: string) => Read,
): Promise<void> => {
  const text = new Utf8(server);
  let done = false;
  let sinceEvent = 0;
  const parser = createParser({
    onEvent: ({ data }) => {
      sinceEvent = 0;
      if (!done) done = onData(data) === "done";
    },
  });
  for await (const chunk of bytes) {
    sinceEvent += chunk.length;
    parser.feed(text.push(chunk));
    if (done) return;
    if (sinceEvent > longestLine) throw garbled(server, "It sent an event without end.");
  }
  text.end();
};

/**
 * Reads lines, of JSON say, as `readEvents` does events. A last line without its end counts only where `onLine` has not returned "done" before.
 * @throws AIDE_BACKEND_GARBLED
 */
export const readLines = async (
  bytes: AsyncIterable<Uint8Array>,
  server: string,
  onLine: (line: string) => Read,
): Promise<void> => {
  const text = new Utf8(server);
  let held = "";
  for await (const chunk of bytes) {
    const lines = (held + text.push(chunk)).split("\n");
    held = lines.pop() ?? "";
    if (held.length > longestLine) throw garbled(server, "It sent a line without end.");
    for (const line of lines) if (line.trim() !== "" && onLine(line) === "done") return;
  }
  const last = held + text.end();
  if (last.trim() !== "") onLine(last);
};
