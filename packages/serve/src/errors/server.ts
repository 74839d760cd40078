import { AideError } from "@aide-ts/plugin";

/** What keeps a server from being started, and what ends it. */

export const portInvalid = (port: string, standard: number): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `"${port}" is no port.`,
    fix: `Give a number up to 65535, as --port ${standard}; 0 takes a free one.`,
    fault: "user",
  });

export const keyMissing = (variable: string, shortest: number): AideError =>
  new AideError({
    code: "AIDE_SERVE_KEY_MISSING",
    message: `The variable ${variable} holds no key of at least ${shortest} characters.`,
    fix: `export ${variable}="$(openssl rand -hex 24)"`,
    fault: "user",
  });

export const exposed = (host: string): AideError =>
  new AideError({
    code: "AIDE_SERVE_EXPOSED",
    message: `On ${host} anyone who reaches this machine could use the model, and no key is asked for.`,
    fix: 'Name a variable that holds a key: export AIDE_SERVE_KEY="$(openssl rand -hex 24)", then --key AIDE_SERVE_KEY.',
    fault: "user",
  });

const otherPort = "Choose another: --port 8643; --port 0 takes a free one.";

export const portForbidden = (port: number, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_SERVE_PORT",
    message: `Port ${port} may not be used.`,
    fix: otherPort,
    fault: "user",
    cause,
  });

export const portTaken = (port: number, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_SERVE_PORT",
    message: `Port ${port} is taken by another program.`,
    fix: otherPort,
    fault: "user",
    cause,
  });

export const hostUnknown = (host: string, reason: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_SERVE_HOST",
    message: `${host} is no address of this machine.`,
    fix: "Leave --host out, or give an address of this machine; 0.0.0.0 is all of them.",
    fault: "user",
    facts: { error: reason },
    cause,
  });

export const unforeseen = (cause: unknown): AideError =>
  new AideError({
    code: "AIDE_SERVE_FAILED",
    message: "The server failed at this request.",
    fix: "This is a bug of aide or of the backend: its terminal shows where.",
    fault: "internal",
    cause,
  });

export const stopping = (): AideError =>
  new AideError({
    code: "AIDE_SERVE_STOPPING",
    message: "The server is being stopped.",
    fix: "Start it again: aide serve",
    fault: "backend",
    transient: true,
  });
