import type { Outcome } from "@aide-ts/plugin";
import { z } from "zod";

const note = z.object({ lesson: z.string() });

/** What earlier steps of the run have learnt, oldest first, as their notes hold it. */
export const lessonsIn = (outcomes: readonly Pick<Outcome, "notes">[], name: string): readonly string[] =>
  outcomes
    .flatMap(({ notes }) => notes[name] ?? [])
    .flatMap((one) => {
      const { data } = note.safeParse(one);
      return data === undefined || data.lesson === "" ? [] : [data.lesson];
    });
