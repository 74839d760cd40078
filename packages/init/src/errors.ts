import { AideError } from "@aide-ts/plugin";

export const fileTaken = (file: string): AideError =>
  new AideError({
    code: "AIDE_FILE_EXISTS",
    message: `${file} is there already.`,
    fix: "Write another file with --out, or this one anew with --force.",
    fault: "user",
  });

/** Nobody can be asked. */
export const nobodyToAsk = (): AideError =>
  new AideError({
    code: "AIDE_NO_TERMINAL",
    message: "Without a terminal nobody can be asked.",
    fix: 'Name the folder, and take what is found: aide init my_data goal="Predict the price" --yes',
    fault: "user",
  });

export const folderMissing = (): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: "Nothing says where the data are.",
    fix: "aide init my_data --yes",
    fault: "user",
  });
