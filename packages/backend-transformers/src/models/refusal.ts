/** What a hub, or whoever it sent us to, answered instead of what was asked for. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  /** The hub's `X-Error-Code`: RepoNotFound, RevisionNotFound, GatedRepo … */
  readonly kind: string | undefined;
  /** How long it wants to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, text: string, kind: string | undefined, retryAfterMs: number | undefined) {
    super(`the hub answered ${status} ${text}`.trim());
    this.status = status;
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }

  /** Another attempt will not change it. */
  get final(): boolean {
    return this.status < 500 && this.status !== 408 && this.status !== 416 && this.status !== 429;
  }
}
