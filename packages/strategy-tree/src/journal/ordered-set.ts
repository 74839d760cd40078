/**
 * A set that gives its items by their place in the order of insertion, each in logarithmic time. Counts are kept in a binary indexed tree
 * (Fenwick 1994).
 */
export class OrderedSet<T> {
  readonly #places = new Map<T, number>();
  #items: T[] = [];
  #capacity = 16;
  #counts = new Int32Array(this.#capacity + 1);

  get size(): number {
    return this.#places.size;
  }

  add(item: T): void {
    if (this.#places.has(item)) return;
    if (this.#items.length === this.#capacity) this.#rebuild();
    this.#places.set(item, this.#items.push(item) - 1);
    this.#change(this.#items.length, 1);
  }

  has(item: T): boolean {
    return this.#places.has(item);
  }

  delete(item: T): void {
    const place = this.#places.get(item);
    if (place === undefined) return;
    this.#places.delete(item);
    this.#change(place + 1, -1);
  }

  /** The item at this index, counted without some of the items. */
  at(index: number, without: Iterable<T> = []): T | undefined {
    const left = [...new Set(without)].flatMap((item) => this.#rank(item) ?? []).sort((a, b) => a - b);
    let wanted = index;
    for (const rank of left) if (rank <= wanted) wanted++;
    return wanted < 0 || wanted >= this.size ? undefined : this.#items[this.#placeOf(wanted)];
  }

  #rank(item: T): number | undefined {
    const place = this.#places.get(item);
    if (place === undefined) return undefined;
    let rank = 0;
    for (let at = place; at > 0; at -= at & -at) rank += this.#counts[at] ?? 0;
    return rank;
  }

  /** The place of the item that has `rank` items before it. */
  #placeOf(rank: number): number {
    let place = 0;
    let left = rank;
    for (let step = this.#capacity; step > 0; step >>= 1) {
      const count = this.#counts[place + step];
      if (count === undefined || count > left) continue;
      place += step;
      left -= count;
    }
    return place;
  }

  #change(at: number, by: 1 | -1): void {
    for (let place = at; place <= this.#capacity; place += place & -place)
      this.#counts[place] = (this.#counts[place] ?? 0) + by;
  }

  /** Drops the places of deleted items, and makes room for twice as many as are left. */
  #rebuild(): void {
    this.#items = this.#items.filter((item, place) => this.#places.get(item) === place);
    while (this.#capacity < 2 * this.#items.length) this.#capacity *= 2;
    this.#counts = new Int32Array(this.#capacity + 1);
    for (const [place, item] of this.#items.entries()) {
      this.#places.set(item, place);
      this.#change(place + 1, 1);
    }
  }
}
