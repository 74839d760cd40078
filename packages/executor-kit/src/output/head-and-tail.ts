/** Keeps the first and the last bytes of a stream of any length in constant memory. */
export class HeadAndTail {
  readonly #head: Buffer;
  readonly #tail: Buffer;
  #total = 0;

  /** @param limit bytes kept, half for each end. */
  constructor(limit: number) {
    this.#head = Buffer.alloc(Math.ceil(limit / 2));
    this.#tail = Buffer.alloc(Math.floor(limit / 2));
  }

  push(chunk: Uint8Array): void {
    const intoHead = Math.min(chunk.length, Math.max(0, this.#head.length - this.#total));
    if (intoHead > 0) this.#head.set(chunk.subarray(0, intoHead), this.#total);
    const size = this.#tail.length;
    const rest = chunk.subarray(intoHead);
    const kept = rest.subarray(Math.max(0, rest.length - size));
    const end = this.#total + chunk.length - this.#head.length;
    if (kept.length > 0) {
      const at = (end - kept.length) % size;
      const untilWrap = kept.subarray(0, size - at);
      this.#tail.set(untilWrap, at);
      this.#tail.set(kept.subarray(untilWrap.length), 0);
    }
    this.#total += chunk.length;
  }

  get omitted(): number {
    return Math.max(0, this.#total - this.#head.length - this.#tail.length);
  }

  /** The kept bytes in order, and how many lay between the two. */
  bytes(): { readonly head: Uint8Array; readonly omitted: number; readonly tail: Uint8Array } {
    const head = this.#head.subarray(0, Math.min(this.#total, this.#head.length));
    const beyond = Math.max(0, this.#total - this.#head.length);
    const size = this.#tail.length;
    const at = size === 0 ? 0 : beyond % size;
    const tail =
      beyond <= size
        ? this.#tail.subarray(0, beyond)
        : Buffer.concat([this.#tail.subarray(at), this.#tail.subarray(0, at)]);
    return { head, omitted: this.omitted, tail };
  }

  /** UTF-8; what is not becomes U+FFFD, but a character cut by the gap is dropped whole. */
  text(): string {
    const { head, omitted, tail } = this.bytes();
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    if (omitted === 0) return decoder.decode(Buffer.concat([head, tail]));
    const start = decoder.decode(head.subarray(0, head.length - brokenEnd(head)));
    const end = decoder.decode(tail.subarray(brokenStart(tail)));
    return `${start}\n[… ${omitted} bytes left out …]\n${end}`;
  }
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

const lengthFrom = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1);

/** Bytes at the end that begin a character without finishing it. */
const brokenEnd = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte === undefined) return 0;
    if (!isContinuation(byte)) return lengthFrom(byte) > back ? back : 0;
  }
  return 0;
};

const brokenStart = (bytes: Uint8Array): number => {
  let count = 0;
  while (count < 3 && isContinuation(bytes[count])) count++;
  return count;
};
