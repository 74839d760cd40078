/** A binary heap: the first item is the one that comes before all others. */
export class PriorityQueue<T> {
  readonly #before: (a: T, b: T) => boolean;
  readonly #heap: T[] = [];

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get first(): T | undefined {
    return this.#heap[0];
  }

  push(item: T): void {
    const heap = this.#heap;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const above = heap[up];
      if (above === undefined || !this.#before(item, above)) break;
      heap[at] = above;
      at = up;
    }
    heap[at] = item;
  }

  pop(): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const item = heap.pop();
    if (item === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      if (left === undefined) break;
      const [below, down] = right !== undefined && this.#before(right, left) ? [right, 2 * at + 2] : [left, 2 * at + 1];
      if (!this.#before(below, item)) break;
      heap[at] = below;
      at = down;
    }
    heap[at] = item;
    return first;
  }
}
