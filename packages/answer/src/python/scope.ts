import { builtins } from "./builtins.ts";

/** Where names are bound and read, as Python resolves them: a module in order, a function when it runs. */
export interface Scope {
  bind(name: string): void;
  /** A read here and now. */
  read(name: string): void;
  /** A read by a function that is defined here, when it is called. */
  readLater(name: string): void;
  /** Where `global` binds. */
  readonly module: ModuleScope;
}

export class ModuleScope implements Scope {
  readonly bound = new Set<string>();
  readonly #missing = new Set<string>();
  readonly #later = new Set<string>();

  get module(): ModuleScope {
    return this;
  }

  bind(name: string): void {
    this.bound.add(name);
  }

  read(name: string): void {
    if (!this.bound.has(name)) this.#missing.add(name);
  }

  readLater(name: string): void {
    this.#later.add(name);
  }

  /** Names that are read and that neither the module nor Python defines in time. */
  missing(): ReadonlySet<string> {
    return this.#missing.union(this.#later.difference(this.bound)).difference(builtins);
  }
}

/** A name that is bound anywhere in a function is the function's own. */
export class FunctionScope implements Scope {
  readonly module: ModuleScope;
  readonly #bound = new Set<string>();
  readonly #read = new Set<string>();
  readonly #global = new Set<string>();

  constructor(parent: Scope) {
    this.module = parent.module;
  }

  bind(name: string): void {
    if (this.#global.has(name)) this.module.bind(name);
    else this.#bound.add(name);
  }

  declareGlobal(name: string): void {
    this.#global.add(name);
  }

  read(name: string): void {
    this.#read.add(name);
  }

  readLater(name: string): void {
    this.#read.add(name);
  }

  free(): Iterable<string> {
    return this.#read.difference(this.#bound);
  }
}

/** The body of a class: functions inside do not see its names. */
export class ClassScope implements Scope {
  readonly module: ModuleScope;
  readonly #parent: Scope;
  readonly #bound = new Set<string>();

  constructor(parent: Scope) {
    this.module = parent.module;
    this.#parent = parent;
  }

  bind(name: string): void {
    this.#bound.add(name);
  }

  read(name: string): void {
    if (!this.#bound.has(name)) this.#parent.read(name);
  }

  readLater(name: string): void {
    this.#parent.readLater(name);
  }
}

/** The body of a loop: what it binds it may read further up, the next time around. */
export class LoopScope implements Scope {
  readonly module: ModuleScope;
  readonly #parent: Scope;
  readonly #bound: ReadonlySet<string>;

  constructor(parent: Scope, bound: ReadonlySet<string>) {
    this.module = parent.module;
    this.#parent = parent;
    this.#bound = bound;
  }

  bind(name: string): void {
    this.#parent.bind(name);
  }

  read(name: string): void {
    if (this.#bound.has(name)) this.#parent.readLater(name);
    else this.#parent.read(name);
  }

  readLater(name: string): void {
    this.#parent.readLater(name);
  }
}

/** A comprehension: its targets are its own, and `:=` binds outside. */
export class ComprehensionScope implements Scope {
  readonly module: ModuleScope;
  readonly #parent: Scope;
  readonly #targets: ReadonlySet<string>;

  constructor(parent: Scope, targets: ReadonlySet<string>) {
    this.module = parent.module;
    this.#parent = parent;
    this.#targets = targets;
  }

  bind(name: string): void {
    this.#parent.bind(name);
  }

  read(name: string): void {
    if (!this.#targets.has(name)) this.#parent.read(name);
  }

  readLater(name: string): void {
    if (!this.#targets.has(name)) this.#parent.readLater(name);
  }
}
