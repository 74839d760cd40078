import { AideError } from "@aide-ts/plugin";
import type { Hub, ListedFile } from "./hub.ts";
import { Refusal } from "./refusal.ts";
import { shown, type Repository } from "./repository.ts";

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;

/** Says in a typed error what a failed request means. Errors that say it themselves stay. */
export const asFailure = (error: unknown, repository: Repository, hub: Hub): AideError => {
  if (AideError.is(error)) return error;
  const facts = { hub: hub.url, reason: hub.reasonOf(error) };
  if (error instanceof Refusal) {
    if (error.status === 403 || error.kind === "GatedRepo") return gated(repository, hub, facts);
    if (error.kind === "RevisionNotFound") return noRevision(repository, facts);
    if (error.status === 401 || error.status === 404) return unknown(repository, hub, facts);
  }
  return new AideError({
    code: "AIDE_MODEL_DOWNLOAD",
    message: `The model ${shown(repository)} could not be downloaded.`,
    fix: `Check the network, then run: aide models pull ${shown(repository)} (it goes on where it stopped).`,
    fault: "user",
    facts,
    transient: true,
  });
};

type Facts = Readonly<Record<string, string>>;

const gated = (repository: Repository, hub: Hub, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_GATED",
    message: `The model ${repository.name} is given only to those who have accepted its licence.`,
    fix: hub.hasToken
      ? `Accept it at ${hub.url}/${repository.name} with the account of HF_TOKEN, whose token must be allowed to read gated repositories.`
      : `Accept it at ${hub.url}/${repository.name}, then set HF_TOKEN to a token of that account.`,
    fault: "user",
    facts,
  });

const unknown = (repository: Repository, hub: Hub, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_UNKNOWN",
    message: `The hub shows no model ${repository.name}: there is none of that name, or it is private or gated${hub.hasToken ? " and HF_TOKEN may not read it" : ""}.`,
    fix: hub.hasToken
      ? `Check the name; if it is gated, accept its licence at ${hub.url}/${repository.name} with the account of HF_TOKEN.`
      : `Check the name; if it is gated, accept its licence at ${hub.url}/${repository.name} and set HF_TOKEN to a token of that account.`,
    fault: "user",
    facts,
  });

const noRevision = (repository: Repository, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_REVISION",
    message: `The model ${repository.name} has no revision ${repository.revision}.`,
    fix: `Name a branch, a tag or a whole commit, or none: aide models pull ${repository.name}`,
    fault: "user",
    facts,
  });

/** The disk has too little room, or had. */
export const diskFull = (repository: Repository, facts: Facts, cause?: unknown): AideError =>
  new AideError({
    code: "AIDE_DISK_FULL",
    message: `There is not enough free disk space for the model ${shown(repository)}.`,
    fix: "Free some space, or choose another cache folder (HF_HOME).",
    fault: "user",
    facts,
    cause,
  });

export const tooLarge = (repository: Repository, folder: string, needed: number, free: number): AideError =>
  diskFull(repository, { folder, needed: gigabytes(needed), free: gigabytes(free) });

/** What arrived is not what the hub lists. */
export const wrongChecksum = (repository: Repository, file: ListedFile, found: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_CHECKSUM",
    message: `What was downloaded for the model ${shown(repository)} is not the file that was published.`,
    fix: "Try again later, or from another network; the bad file was removed.",
    fault: "user",
    facts: { file: file.path, expected: file.oid, found },
  });
