import writeFileAtomic from "write-file-atomic";

/** A submission of one competition. */
export interface MleBenchSubmission {
  readonly id: string;
  /** Of the CSV file. */
  readonly path: string;
}

/** Writes the file that `mlebench grade --submission` reads: a line of JSON for each submission. */
export const writeSubmissionList = (path: string, submissions: readonly MleBenchSubmission[]): Promise<void> =>
  writeFileAtomic(path, submissions.map((one) => `${lineOf(one)}\n`).join(""));

const lineOf = ({ id, path }: MleBenchSubmission): string =>
  JSON.stringify({ competition_id: id, submission_path: path });
