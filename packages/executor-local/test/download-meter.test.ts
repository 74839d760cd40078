import { expect, it } from "vitest";
import { DownloadMeter } from "../src/python/download-meter.ts";

const read = (lines: readonly string[]) => {
  const meter = new DownloadMeter();
  return lines.map((line) => meter.read(line));
};

it("counts pip's packages, those from its cache too, each when the next is begun", () => {
  expect(
    read([
      "Collecting numpy==2.2.6 (from -r lock.txt (line 23))",
      "  Downloading numpy-2.2.6-cp311-cp311-manylinux_2_17_x86_64.whl (16.8 MB)",
      "  Using cached wrapt-2.5.2-cp311.whl (240 kB)",
      "Installing collected packages: wrapt, numpy",
      "Successfully installed numpy-2.2.6 wrapt-2.5.2",
    ]),
  ).toEqual([undefined, 0, 16_800_000, 17_040_000, undefined]);
});

it("counts uv's packages", () => {
  expect(read(["Downloading numpy (16.0MiB)", " Downloaded numpy", "Prepared 21 packages in 3.1s"])).toEqual([
    0,
    undefined,
    16 * 2 ** 20,
  ]);
});
