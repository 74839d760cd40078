import { AideError, messageOf, type Usage } from "@aide-ts/plugin";
import type { Hub, ListedFile } from "./models/hub.ts";
import { shown, type Repository } from "./models/repository.ts";

type Facts = Readonly<Record<string, string>>;

type HubLike = Pick<Hub, "url" | "hasToken">;

/** The server takes prompts of any length, and writes rubbish after long ones. */
export const overflow = (spent: Usage, context: number, server: string): AideError =>
  new AideError({
    code: "AIDE_CONTEXT_OVERFLOW",
    message: `The prompt has ${spent.prompt} tokens; prompt and answer together may have ${context}.`,
    fix: "Take a model with a longer context, or shorten the prompt: preview.characters=…",
    fault: "backend",
    facts: { server },
    spent,
  });

export const noTokenizer = (folder: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_FILES",
    message: "The model's folder has no tokenizer.json that could be read.",
    fix: "Fetch the whole model: aide models pull …",
    fault: "user",
    facts: { folder },
  });

export const notInstalled = (): AideError =>
  new AideError({
    code: "AIDE_TRANSFORMERS_MISSING",
    message: "Hugging Face's transformers is not installed, and no address of a running server is given.",
    fix: 'pip install "transformers[serving]" torch, or name its Python: backend.serve.python=…, or a server: backend.url=…',
    fault: "user",
  });

export const downloadFailed = (repository: Repository, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_DOWNLOAD",
    message: `The model ${shown(repository)} could not be downloaded.`,
    fix: `Check the network, then run: aide models pull ${shown(repository)} (it goes on where it stopped).`,
    fault: "user",
    facts,
    transient: true,
  });

export const gated = (repository: Repository, hub: HubLike, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_GATED",
    message: `The model ${repository.name} is given only to those who have accepted its licence.`,
    fix: hub.hasToken
      ? `Accept it at ${hub.url}/${repository.name} with the account of HF_TOKEN, whose token must be allowed to read gated repositories.`
      : `Accept it at ${hub.url}/${repository.name}, then set HF_TOKEN to a token of that account.`,
    fault: "user",
    facts,
  });

export const unknown = (repository: Repository, hub: HubLike, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_UNKNOWN",
    message: `The hub shows no model ${repository.name}: there is none of that name, or it is private or gated${hub.hasToken ? " and HF_TOKEN may not read it" : ""}.`,
    fix: hub.hasToken
      ? `Check the name; if it is gated, accept its licence at ${hub.url}/${repository.name} with the account of HF_TOKEN.`
      : `Check the name; if it is gated, accept its licence at ${hub.url}/${repository.name} and set HF_TOKEN to a token of that account.`,
    fault: "user",
    facts,
  });

export const noRevision = (repository: Repository, facts: Facts): AideError =>
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

/** What arrived is not what the hub lists. */
export const wrongChecksum = (repository: Repository, file: ListedFile, found: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_CHECKSUM",
    message: `What was downloaded for the model ${shown(repository)} is not the file that was published.`,
    fix: "Try again later, or from another network; the bad file was removed.",
    fault: "user",
    facts: { file: file.path, expected: file.oid, found },
  });

export const notPulled = (repository: Repository, offline: boolean, folder: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_NOT_PULLED",
    message: `The model ${shown(repository)} is not on this machine${offline ? ", and HF_HUB_OFFLINE forbids to fetch it" : ""}.`,
    fix: `${offline ? "HF_HUB_OFFLINE=0 " : ""}aide models pull ${shown(repository)}`,
    fault: "user",
    facts: { "looked in": folder },
  });

export const listingUnusable = (hub: string, reason: string): AideError =>
  new AideError({
    code: "AIDE_HUB_LISTING",
    message: "The hub lists files that cannot be taken as they are.",
    fix: "Take another revision or another repository, and tell its owner.",
    fault: "backend",
    facts: { hub, reason },
  });

export const hubAddressInvalid = (): AideError =>
  new AideError({
    code: "AIDE_HUB_ADDRESS",
    message: "HF_ENDPOINT is not the address of a hub.",
    fix: "Set it to an address as https://huggingface.co, without name and password, or leave it away.",
    fault: "user",
  });

export const noModel = ({ name }: Repository, hub: HubLike, files: readonly ListedFile[]): AideError =>
  new AideError({
    code: "AIDE_MODEL_FILES",
    message: `The repository ${name} holds no model that transformers or vLLM could load.`,
    fix: "Take one with config.json and weights as safetensors.",
    fault: "user",
    facts: {
      hub: hub.url,
      "its files":
        files
          .slice(0, 12)
          .map(({ path }) => path)
          .join(", ") || "none",
    },
  });

export const nameInvalid = (name: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_NAME",
    message: `"${name}" does not name a model of the hub.`,
    fix: "Write it as owner/name or owner/name@revision.",
    fault: "user",
  });

export const weightsNotPulled = (model: string, folder: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_NOT_PULLED",
    message: `The model ${model} is not on this machine.`,
    fix: `aide models pull ${model}, or give its folder: backend.path=…`,
    fault: "user",
    facts: { "looked in": folder },
  });

export const unreadable = (folder: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_MODEL_FILES",
    message: "This folder holds no model that transformers could load.",
    fix: "It needs config.json, tokenizer.json and weights, as `aide models pull` fetches them.",
    fault: "user",
    facts: { folder, error: messageOf(cause) },
    cause,
  });
