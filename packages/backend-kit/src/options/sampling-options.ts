import { z } from "zod";

export interface Sampling {
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number;
  readonly minP: number;
  readonly repetitionPenalty: number;
}

const sampling = {
  temperature: z.number().min(0).max(5).describe("0 takes the likeliest token always."),
  topP: z.number().gt(0).max(1).describe("Nucleus sampling: the likeliest tokens that together have this probability."),
  topK: z.int().min(0).describe("The k likeliest tokens; 0 for all."),
  minP: z.number().min(0).max(1).describe("Tokens at least this fraction as likely as the likeliest."),
  repetitionPenalty: z
    .number()
    .min(1)
    .max(2)
    .describe("Divides the score of each token that the text has already; 1 is off."),
};

/** Sampling for servers to which it is always sent in full. */
export const samplingOptions = ({ temperature, topP, topK, minP, repetitionPenalty }: Sampling) => ({
  temperature: sampling.temperature.default(temperature),
  topP: sampling.topP.default(topP),
  topK: sampling.topK.default(topK),
  minP: sampling.minP.default(minP),
  repetitionPenalty: sampling.repetitionPenalty.default(repetitionPenalty),
});

const orTheServers = <S extends z.ZodNumber>(field: S) =>
  field.optional().describe(`${field.description} Without: the server's own.`);

/** Sampling for servers whose own is taken where the config sets none. */
export const serverSamplingOptions = {
  temperature: orTheServers(sampling.temperature),
  topP: orTheServers(sampling.topP),
  topK: orTheServers(sampling.topK),
  minP: orTheServers(sampling.minP),
  repetitionPenalty: orTheServers(sampling.repetitionPenalty),
};
