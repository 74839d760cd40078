import { z } from "zod";
import { memoryOption } from "../policy/memory.ts";

const count = z.number().int();
const share = z.number().min(0).max(1);

export const options = z.strictObject({
  population: count.min(2).default(500).describe("Valid solutions that an island keeps."),
  generation: count.min(1).default(5).describe("Proposals of an island that make a generation; the first are drafts."),
  selection: z.enum(["tournament", "rank"]).default("tournament").describe("How a parent is chosen."),
  tournament: count.min(1).default(3).describe("Solutions drawn for a tournament."),
  crossover: share.default(0.5).describe("Chance that two parents are combined rather than one improved."),
  crossoverAfter: count.min(0).default(2).describe("Generations before the first crossover."),
  elites: count
    .min(0)
    .default(1)
    .describe("Best solutions that stay however old; of the others the oldest goes first."),
  debug: count.min(0).default(3).describe("Repairs in a row that a failed solution is given."),
  islands: count.min(1).default(1).describe("Populations that evolve apart."),
  migrationEvery: count.min(1).default(50).describe("Generations between migrations around the ring of islands."),
  migrationShare: share.default(0.1).describe("Share of an island's best that both neighbours get a copy of."),
  memory: memoryOption,
});

export type EvolutionaryOptions = z.output<typeof options>;
