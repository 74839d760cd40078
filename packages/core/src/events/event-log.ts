import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import type { AideError } from "@aide-ts/plugin";
import type { Event } from "./event.ts";
import { isEvent } from "./event-schema.ts";
import { diskFull, eventsDamaged, logUnwritable } from "../errors/engine.ts";

/** Where a run writes what happens. */
export interface Log {
  append(event: Event): void;
  /** A value as it will be read back, so that a resumed run sees what the first one saw. */
  asLogged<T>(value: T): T;
}

/** For a run that performs nothing: it has nothing to write. */
export const closedLog: Log = {
  append: () => {
    throw new TypeError("A replay writes no events.");
  },
  asLogged: (value) => value,
};

/**
 * The append-only log of a run. Lines are written synchronously, so an event is in the file before anything acts on it: a process that
 * is killed loses only what had not reached it yet.
 */
export class EventLog implements Log, Disposable {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #mask: (text: string) => string;
  #size: number;

  private constructor(file: string, descriptor: number, size: number, mask: (text: string) => string) {
    this.#file = file;
    this.#descriptor = descriptor;
    this.#size = size;
    this.#mask = mask;
  }

  /**
   * Opens or creates the log and gives the events it holds. A torn last line, left by a kill in mid-write, is cut off.
   * `mask` takes secrets out of what is written.
   */
  static open(
    file: string,
    mask: (text: string) => string = (text) => text,
  ): { readonly log: EventLog; readonly events: readonly Event[] } {
    const descriptor = openSync(file, "a+");
    const { events, goodBytes } = parseEvents(readAll(descriptor), file);
    if (fstatSync(descriptor).size > goodBytes) ftruncateSync(descriptor, goodBytes);
    return { log: new EventLog(file, descriptor, goodBytes, mask), events };
  }

  append(event: Event): void {
    const line = Buffer.from(`${this.#mask(JSON.stringify(event))}\n`);
    try {
      for (let written = 0; written < line.length;) written += writeSync(this.#descriptor, line, written);
      this.#size += line.length;
    } catch (cause) {
      ftruncateSync(this.#descriptor, this.#size);
      throw writeFailure(this.#file, cause);
    }
  }

  asLogged<T>(value: T): T {
    return JSON.parse(this.#mask(JSON.stringify(value)));
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}

export interface ParseOptions {
  /** Without requests, their answers, scripts, and what these printed, which are most of a log: proposals, what came of them, and what was spent are all there. */
  readonly brief?: boolean | undefined;
}

/**
 * Reads events from the bytes of a log. `goodBytes` is where the last whole line ends.
 * @throws AIDE_EVENTS_DAMAGED for a line before the last that is no JSON: that is not what a kill leaves.
 */
export const parseEvents = (
  bytes: Buffer,
  file: string,
  { brief = false }: ParseOptions = {},
): { readonly events: readonly Event[]; readonly goodBytes: number } => {
  const events: Event[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10, start); end !== -1; end = bytes.indexOf(10, start)) {
    const event = parseLine(bytes.subarray(start, end), brief);
    if (event === undefined) {
      if (bytes.indexOf(10, end + 1) === -1 && end + 1 === bytes.length) break;
      throw eventsDamaged(file, events.length + 1);
    }
    events.push(event);
    start = end + 1;
  }
  return { events, goodBytes: start };
};

const parseLine = (line: Buffer, brief: boolean): Event | undefined => {
  try {
    const known = brief ? briefly(line) : undefined;
    if (known !== undefined) return known;
    const value: unknown = JSON.parse(line.toString());
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** As `EventLog` writes the start of an effect, up to its request or script. */
const startWritten =
  /^\{"type":"effect-started","at":(\d+(?:\.\d+)?),"place":"([^"\\]*)","kind":"(\w+)","hash":"(\w*)","details":(\{(?:"role":[^{}]+(?=,"request":\{))?)/;
const startBytes = 512;
const closingBrace = 125;

/** Nothing where a line begins otherwise: it is read whole. */
const briefly = (line: Buffer): Event | undefined => {
  if (line.at(-1) !== closingBrace) return undefined;
  const head = line.toString("utf8", 0, startBytes);
  return briefStart(head) ?? briefEnd(head, line);
};

const briefStart = (head: string): Event | undefined => {
  const [, at, place, kind, hash, details = ""] = startWritten.exec(head) ?? [];
  if (place === undefined || hash === undefined) return undefined;
  if (kind !== "execute" && kind !== "evaluate" && kind !== "read" && (kind !== "generate" || details.length === 1))
    return undefined;
  return { type: "effect-started", at: Number(at), place, kind, hash, details: JSON.parse(`${details}}`) };
};

/** As `EventLog` writes the end of a call, whose cost stands last, and of a script that raised nothing, whose seconds stand before its files. */
const endWritten = /^\{"type":"effect-ended","at":(\d+(?:\.\d+)?),"place":"([^"\\]*)","value":\{"(text|id)":/;
const spentWritten =
  /\},"spent":\{"prompt":(\d+),"cached":(\d+),"reasoning":(\d+),"answer":(\d+),"estimated":(true|false)\}\}$/;
const secondsWritten = /","seconds":(\d+(?:\.\d+)?),"artifacts":\[[^[\]{}]*\]\}\}$/;

const briefEnd = (head: string, line: Buffer): Event | undefined => {
  const [, at, place, first] = endWritten.exec(head) ?? [];
  if (place === undefined) return undefined;
  const end = { type: "effect-ended", at: Number(at), place } as const;
  const tail = line.toString("utf8", Math.max(0, line.length - startBytes));
  if (first === "text") {
    const [written, prompt, cached, reasoning, answer, estimated] = spentWritten.exec(tail) ?? [];
    if (written === undefined) return undefined;
    const tokens = { prompt: Number(prompt), cached: Number(cached), reasoning: Number(reasoning) };
    return { ...end, value: {}, spent: { ...tokens, answer: Number(answer), estimated: estimated === "true" } };
  }
  const [, seconds] = secondsWritten.exec(tail) ?? [];
  return seconds === undefined ? undefined : { ...end, value: { seconds: Number(seconds) } };
};

const readAll = (descriptor: number): Buffer => {
  const bytes = Buffer.allocUnsafe(fstatSync(descriptor).size);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = readSync(descriptor, bytes, length, bytes.length - length, length);
  }
  return bytes.subarray(0, length);
};

const writeFailure = (file: string, cause: unknown): AideError => {
  const full =
    typeof cause === "object" &&
    cause !== null &&
    "code" in cause &&
    (cause.code === "ENOSPC" || cause.code === "EDQUOT");
  return full ? diskFull(file, cause) : logUnwritable(file, cause);
};
