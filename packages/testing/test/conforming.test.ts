import { definePlugin, type Search, type Shape, type Strategy } from "@aide-ts/plugin";
import { describe, it } from "vitest";
import {
  backendConformance,
  plausibleAnswer,
  ScriptedBackend,
  searchConformance,
  sketchCodeChain,
  sketchForcing,
  sketchPlanThenCode,
  sketchReflection,
  sketchSearches,
  sketchSelfConsistency,
  sketchSelfDebug,
  strategyConformance,
} from "../src/index.ts";
import { noOptions, sketchPrompts } from "./fixtures.ts";

const strategies: Readonly<Record<string, readonly [create: () => Strategy, shape: Shape]>> = {
  reflection: [sketchReflection, { generations: [0, 2], next: [1, 1] }],
  "self-debug": [sketchSelfDebug, { generations: [0, 2], next: [1, 1] }],
  "plan-then-code": [sketchPlanThenCode, { generations: [1, 1], next: [1, 1] }],
  "self-consistency": [sketchSelfConsistency, { generations: [0, 0], next: [3, 3] }],
  forcing: [sketchForcing, { generations: [0, 1], next: [1, 1] }],
  "code-chain": [sketchCodeChain, { generations: [0, 0], next: [1, 2] }],
};

for (const [name, [create, shape]] of Object.entries(strategies)) {
  strategyConformance(
    { describe, it },
    {
      plugin: definePlugin({
        kind: "strategy",
        name,
        options: noOptions,
        shape: () => shape,
        prompts: sketchPrompts,
        create: () => create(),
      }),
      options: {},
      reply: plausibleAnswer,
    },
  );
}

for (const [name, create] of Object.entries(sketchSearches)) {
  searchConformance(
    { describe, it },
    { plugin: definePlugin({ kind: "search", name, options: noOptions, create: (): Search => create() }), options: {} },
  );
}

const say = (text: string, seed: number): string =>
  `${text} The name is ${["Ada", "Bo", "Cy", "Di"][seed % 4]}, they say.`;

backendConformance(
  { describe, it },
  {
    name: "scripted",
    open: async () =>
      new ScriptedBackend({
        contextTokens: 2000,
        reply: ({ messages, schema }, { seed }) =>
          schema === undefined ? say(messages[0]?.content ?? "", seed) : JSON.stringify({ failed: seed % 2 === 0 }),
        has: ["seed", "continuation", "jsonSchema"],
      }),
  },
);
