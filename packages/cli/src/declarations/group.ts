import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import { command, type Context } from "./command.ts";
import { words } from "./parameters.ts";

/** Declares a command that is made of others; `standard` is the one that its name alone stands for. */
export const group = (
  { command: name, noun, brief }: { readonly command: string; readonly noun: string; readonly brief: string },
  commands: Readonly<Record<string, Command<Context>>>,
  standard?: string,
): RouteMap<Context> => {
  const names = Object.keys(commands);
  const refused = command<Record<never, never>, readonly string[]>({
    load: async () => {
      const { unknownAction } = await import("../terminal/failure.ts");
      return async (_shell, _flags, action) => {
        throw unknownAction(action, { command: name, noun, names });
      };
    },
    brief,
    example: `aide ${name} --help`,
    parameters: { positional: words(noun, `one of ${names.join(", ")}`) },
  });
  // Without the hidden one the library would answer a name alone with help, and exit code 0.
  return standard === undefined
    ? buildRouteMap({
        routes: { ...commands, "?": refused },
        defaultCommand: "?",
        docs: { brief, hideRoute: { "?": true } },
      })
    : buildRouteMap({ routes: commands, defaultCommand: standard, docs: { brief } });
};
