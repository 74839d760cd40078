import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import { ToChild, type Answer, type FromChild, type Failure, type Settings } from "../protocol/messages.ts";
import type { Engine } from "./engine.ts";
import { AideError } from "@aide-ts/plugin";
import { modelFailed } from "../errors.ts";

/** The program of the child process: it runs the model, so that a crash of native code takes nothing else with it. */
let opened: Promise<Engine> | undefined;
let settings: Settings | undefined;
const running = new Map<number, AbortController>();

const send = (message: FromChild): void => {
  if (process.connected) process.send?.(message);
};

/** node-llama-cpp is no dependency of this package: from now on its imports find what `file` finds. */
const findLibraryFrom = (file: string): void => {
  const parentURL = pathToFileURL(file).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, specifier === "node-llama-cpp" ? { ...context, parentURL } : context),
  });
};

const open = async (): Promise<Engine> => {
  if (settings === undefined) throw new Error("the child was not started");
  findLibraryFrom(settings.library);
  const { Engine } = await import("./engine.ts");
  return new Engine(settings);
};

const answer = async (message: Exclude<ToChild, { kind: "start" | "abort" }>, signal: AbortSignal): Promise<Answer> => {
  const { call } = message;
  const engine = await (opened ??= open());
  switch (message.kind) {
    case "describe":
      return { kind: "described", call, description: await engine.describe() };
    case "count":
      return { kind: "counted", call, tokens: await engine.count(message.request) };
    case "generate": {
      const generated = await engine.generate(message.request, message, {
        signal,
        onLoad: (fraction) => send({ kind: "load", call, fraction }),
        onPrefill: (evaluated, total) => send({ kind: "prefill", call, evaluated, total }),
        onText: ({ text, reasoning, tokens }) => send({ kind: "text", call, delta: text, reasoning, tokens }),
      });
      return { kind: "generated", call, generated };
    }
  }
};

/** An error as it crosses to the parent, where it is an `AideError` again. */
const failureOf = (error: unknown): Failure => {
  const { code, message, fix, fault, facts, transient } = AideError.is(error) ? error : modelFailed(error);
  return { code, message, fix, fault, facts, transient };
};

const serve = async (message: ToChild): Promise<void> => {
  if (message.kind === "start") ({ settings } = message);
  else if (message.kind === "abort") running.get(message.call)?.abort();
  else {
    const { call } = message;
    const controller = new AbortController();
    running.set(call, controller);
    try {
      send(await answer(message, controller.signal));
    } catch (error) {
      send({ kind: "failed", call, failure: failureOf(error) });
    } finally {
      running.delete(call);
    }
  }
};

process.on("message", (message) => void serve(ToChild.parse(message)));
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides what it means.
process.on("SIGINT", () => undefined);
