import { AideError } from "@aide-ts/plugin";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestLine, readEvents, readLines } from "../../src/index.ts";

async function* pieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    yield bytes.subarray(from, end);
    from = end;
  }
}

const text = fc.string({ unit: "grapheme", maxLength: 20 }).map((one) => one.replaceAll(/[\r\n]/g, " "));
const cuts = fc.array(fc.nat(), { maxLength: 30 });

const read = async (reader: typeof readEvents, bytes: AsyncIterable<Uint8Array>) => {
  const seen: string[] = [];
  const error = await reader(bytes, "server", (data) => {
    seen.push(data);
    return "go on";
  }).catch((reason: unknown) => reason);
  return { seen, error };
};

describe.each([
  { name: "readEvents", reader: readEvents, write: (data: string) => `data: ${data}\n\n`, empty: true },
  { name: "readLines", reader: readLines, write: (data: string) => `${data}\n`, empty: false },
])("$name", ({ name, reader, write, empty }) => {
  it("gives what was sent, however it is cut into pieces", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text), cuts, async (sent, at) => {
        const bytes = new TextEncoder().encode(sent.map(write).join(""));
        const { seen, error } = await read(reader, pieces(bytes, at));
        expect(error).toBeUndefined();
        expect(seen).toEqual(sent.filter((one) => empty || one.trim() !== ""));
      }),
    );
  });

  it("gives a beginning of what was sent where the stream is cut off, and never a part of an event", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1 }), cuts, fc.nat(), async (sent, at, end) => {
        const bytes = new TextEncoder().encode(sent.map(write).join(""));
        const { seen, error } = await read(reader, pieces(bytes.subarray(0, end % (bytes.length + 1)), at));
        if (error !== undefined) expect(AideError.is(error) && error.code).toBe("AIDE_BACKEND_GARBLED");
        const whole = sent.filter((one) => empty || one.trim() !== "");
        // A last line may lack its end: what it holds is then for the reader of the line to judge.
        const certain = name === "readLines" ? seen.slice(0, -1) : seen;
        expect(certain).toEqual(whole.slice(0, certain.length));
      }),
    );
  });

  it("ends with one typed error or none for bytes of any kind", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), cuts, async (bytes, at) => {
        const { error } = await read(reader, pieces(bytes, at));
        expect(error === undefined || (AideError.is(error) && error.code === "AIDE_BACKEND_GARBLED")).toBe(true);
      }),
    );
  });

  it("refuses a line without end before it fills the memory", async () => {
    let sent = 0;
    const endless = async function* () {
      for (;;) {
        sent += 2 ** 20;
        yield new Uint8Array(2 ** 20).fill(120);
      }
    };
    const { error } = await read(reader, endless());
    expect(AideError.is(error) && error.code).toBe("AIDE_BACKEND_GARBLED");
    expect(sent).toBeLessThan(2 * longestLine);
  });

  it("reads no further than to where its reader says that this is all", async () => {
    const seen: string[] = [];
    await reader(pieces(new TextEncoder().encode(write("1") + write("2") + write("3")), []), "server", (data) => {
      seen.push(data);
      return data === "2" ? "done" : "go on";
    });
    expect(seen).toEqual(["1", "2"]);
  });
});
