/** Lets one in at a time, in order of arrival. */
export class Turnstile {
  #last: Promise<void> = Promise.resolve();

  /** Resolves with the function that lets the next one in; with `undefined` when `signal` fired first. */
  async enter(signal: AbortSignal): Promise<(() => void) | undefined> {
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    const before = this.#last;
    this.#last = before.then(() => left);
    const { promise: aborted, resolve: abort } = Promise.withResolvers<"aborted">();
    const onAbort = () => abort("aborted");
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    const first = await Promise.race([before, aborted]);
    signal.removeEventListener("abort", onAbort);
    if (first !== "aborted") return leave;
    leave();
    return undefined;
  }
}
