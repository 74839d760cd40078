/** A line of defence, how to take it down, and the tests that must notice. */
export interface Defence {
  /** What it keeps from happening. */
  readonly name: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly from: string;
  readonly to: string;
  readonly tests: readonly string[];
  /** Without it the tests hang: seconds after which that counts as noticed. */
  readonly hangs?: number;
}

const core = "packages/core/src";
const coreTests = "packages/core/test";
const engine = [`${coreTests}/engine/durability.test.ts`, `${coreTests}/engine/failures.test.ts`];
const misuse = [`${coreTests}/engine/misuse.test.ts`];
const replay = [`${coreTests}/engine/replay.test.ts`];
const properties = [`${coreTests}/engine/properties.test.ts`];
const budget = [`${coreTests}/budget`];
const events = [`${coreTests}/events`];
const extraction = [`${coreTests}/coder`];
const preview = [`${coreTests}/preview`];
const evaluation = "packages/evaluation/src";
const holdout = ["packages/evaluation/test/holdout.test.ts"];
const judging = ["packages/evaluation/test/conformance.test.ts", "packages/evaluation/test/review.test.ts"];
const executor = "packages/executor-local/src/execution";
const executing = (name: string): readonly string[] => [`packages/executor-local/test/${name}.test.ts`];

const coreDefences: readonly Defence[] = [
  {
    name: "a logged effect is answered, not done again",
    file: `${core}/engine/effects.ts`,
    from: 'if (known.end === "ended") return known.value as T;',
    to: "",
    tests: engine,
  },
  {
    name: "another request at the same place is a divergence",
    file: `${core}/engine/effects.ts`,
    from: "if (known.hash !== effect.hash || known.kind !== effect.kind) throw diverged(effect, known);",
    to: "",
    tests: engine,
  },
  {
    name: "a refused call stays refused on resume",
    file: `${core}/engine/effects.ts`,
    from: 'if (known.end === "cut") throw new Stop("budget", known.reason);',
    to: "",
    tests: engine,
  },
  {
    name: "a failed call stays failed on resume",
    file: `${core}/engine/effects.ts`,
    from: 'if (known.end === "failed")',
    to: "if (false)",
    tests: engine,
  },
  {
    name: "nothing is logged after the user's stop",
    file: `${core}/engine/effects.ts`,
    from: 'if (this.#options.isOver()) throw new Stop("user", "The run is being stopped.");',
    to: "",
    tests: [...engine, "packages/testing/test/conforming.test.ts"],
  },
  {
    name: "a replay performs nothing",
    file: `${core}/engine/effects.ts`,
    from: "if (offline) throw beyondLog(effect);",
    to: "",
    tests: replay,
  },
  {
    name: "what is used is what is logged",
    file: `${core}/engine/effects.ts`,
    from: "return kept;",
    to: "return value;",
    tests: [`${coreTests}/engine/as-logged.test.ts`],
  },
  {
    name: "the search's asks are compared with the log",
    file: `${core}/engine/turns.ts`,
    from: 'if (turn.kind !== "asked" || digest(turn.ask) !== digest(ask)) {',
    to: "if (false) {",
    tests: replay,
  },
  {
    name: "outcomes are compared with the log",
    file: `${core}/engine/turns.ts`,
    from: 'if (turn.kind !== "told" || digest(comparable(turn.outcome)) !== digest(comparable(kept))) {',
    to: "if (false) {",
    tests: [...replay, `${coreTests}/engine/guidance.test.ts`],
  },
  {
    name: "hints of the log come before those of now",
    file: `${core}/engine/turns.ts`,
    from: "if (this.next !== undefined) return this.#hints;",
    to: "",
    tests: [`${coreTests}/engine/guidance.test.ts`],
  },
  {
    name: "the logged order of asks and tells is followed",
    file: `${core}/engine/engine.ts`,
    from: 'if (next !== undefined) return next.kind !== "told";',
    to: "",
    tests: [...engine, ...misuse, ...properties],
  },
  {
    name: "proposals are told in their order",
    file: `${core}/engine/engine.ts`,
    from: 'this.#setup.schedule === "ordered"\n          ? this.#journal.outcomes.length\n          : undefined;',
    to: "undefined;",
    tests: engine,
  },
  {
    name: "no more proposals are under way than there are slots",
    file: `${core}/engine/engine.ts`,
    from: "return this.#running.size < slots;",
    to: "return true;",
    tests: engine,
  },
  {
    name: "no proposal is begun once a limit is reached",
    file: `${core}/engine/engine.ts`,
    from: "|| this.#budget.gone.length > 0",
    to: "",
    tests: [...engine, ...misuse],
  },
  {
    name: "a stop that a strategy swallowed still counts",
    file: `${core}/engine/engine.ts`,
    from: "const stopped = desk.stops.length > 0 || isStop(end.error);",
    to: "const stopped = isStop(end.error);",
    tests: misuse,
  },
  {
    name: "a divergence that a strategy swallowed still ends the run",
    file: `${core}/engine/engine.ts`,
    from: "const fatal = desk.stops.find(endsRun) ?? (endsRun(end.error) ? end.error : undefined);",
    to: "const fatal = endsRun(end.error) ? end.error : undefined;",
    tests: [...replay, ...misuse],
  },
  {
    name: "a cut outcome keeps its best solution",
    file: `${core}/engine/engine.ts`,
    from: "const chosen = end.chosen ?? bestOf(task, [...desk.solutions.values()]);",
    to: "const chosen = end.chosen;",
    tests: engine,
  },
  {
    name: "what ends the run ends it at once",
    file: `${core}/engine/engine.ts`,
    from: "this.#fatal ??= { error };\n      this.#fail(error);",
    to: "",
    tests: misuse,
  },
  {
    name: "nothing works on when the run has failed",
    file: `${core}/engine/engine.ts`,
    from: 'this.#halt.abort(new Stop("failure", "The run has ended."));',
    to: "",
    tests: misuse,
    hangs: 60,
  },
  {
    name: "five failures in a row end the run",
    file: `${core}/engine/engine.ts`,
    from: "if (this.#failures >= failuresInARow) throw error;",
    to: "",
    tests: engine,
  },
  {
    name: "an unreachable server ends the run",
    file: `${core}/engine/engine.ts`,
    from: 'AideError.is(error) && (error.fault === "user" || error.code === "AIDE_BACKEND_UNREACHABLE")',
    to: "false",
    tests: [...engine, ...misuse],
  },
  {
    name: "a strategy that asks for ever is given up",
    file: `${core}/engine/desk.ts`,
    from: "if (this.#stops.push(error) > mostRefusals) {",
    to: "if (this.#stops.push(error) > 1e9) {",
    tests: misuse,
    hangs: 30,
  },
  {
    name: "a call after the proposal's end is refused",
    file: `${core}/engine/desk.ts`,
    from: "if (this.#closed) throw tooLate();",
    to: "",
    tests: misuse,
  },
  {
    name: "a copy of a work is refused",
    file: `${core}/engine/work.ts`,
    from: "return #shop in work;",
    to: "return true;",
    tests: misuse,
  },
  {
    name: "each branch numbers its own calls",
    file: `${core}/engine/branch.ts`,
    from: "const path = [...this.path, part];",
    to: "const path = this.path;",
    tests: engine,
  },
  {
    name: "a call that is repeated in a branch has a seed of its own",
    file: `${core}/engine/branch.ts`,
    from: "this.#repeats.set(requestHash, repeat + 1);",
    to: "",
    tests: engine,
  },
  {
    name: "drafts share their seed across strategies",
    file: `${core}/engine/branch.ts`,
    from: "return this.#child(`${fan}.${index}`, fan === 0 && index === 0);",
    to: "return this.#child(`${fan}.${index}`, false);",
    tests: engine,
  },
  {
    name: "a parent does not draw again what its first branch has drawn",
    file: `${core}/engine/branch.ts`,
    from: "for (const [hash, count] of child.#repeats) this.#repeats.set(hash, Math.max(count, this.#repeats.get(hash) ?? 0));",
    to: "",
    tests: engine,
  },
  {
    name: "one code is run and judged once",
    file: `${core}/engine/evaluate.ts`,
    from: "if (known !== undefined) return known;",
    to: "",
    tests: engine,
  },
  {
    name: "the most trusted score counts",
    file: `${core}/engine/evaluate.ts`,
    from: "return best === undefined ? evaluation : { ...evaluation, score: best };",
    to: "return evaluation;",
    tests: [`${coreTests}/engine/as-logged.test.ts`],
  },
  {
    name: "a passing failure is asked again",
    file: `${core}/engine/generate.ts`,
    from: "if (!AideError.is(error) || !error.transient || attempt > retries) throw error;",
    to: "throw error;",
    tests: engine,
  },
  {
    name: "endless repetition is cut off",
    file: `${core}/engine/generate.ts`,
    from: "watch.push(progress.delta)",
    to: "false",
    tests: engine,
  },
  {
    name: "a call is reserved before it is sent",
    file: `${core}/budget/budget.ts`,
    from: "meter.reserved += sign * need;",
    to: "",
    tests: [...budget, ...properties],
  },
  {
    name: "a limit that refused once refuses for good",
    file: `${core}/budget/budget.ts`,
    from: "this.#gone.set(name, reached);\n    this.#wake();",
    to: "this.#wake();",
    tests: budget,
  },
  {
    name: "a reached limit is still reached on resume",
    file: `${core}/budget/budget.ts`,
    from: "if (this.#amountOf(reached.name) <= reached.amount)",
    to: "if (false)",
    tests: [...budget, ...properties],
  },
  {
    name: "calls that a kill cut off are billed",
    file: `${core}/events/history.ts`,
    from: "for (const effect of effects.values()) bills.push(...lostBill(effect));",
    to: "",
    tests: [...engine, ...misuse],
  },
  {
    name: "a torn last line is dropped",
    file: `${core}/events/event-log.ts`,
    from: "if (fstatSync(descriptor).size > goodBytes) ftruncateSync(descriptor, goodBytes);",
    to: "",
    tests: events,
  },
  {
    name: "a damaged line is refused",
    file: `${core}/events/event-log.ts`,
    from: "throw damaged(file, events.length + 1);",
    to: "start = end + 1; continue;",
    tests: events,
  },
  {
    name: "half a line is taken back when the disk is full",
    file: `${core}/events/event-log.ts`,
    from: "ftruncateSync(this.#descriptor, this.#size);",
    to: "",
    tests: ["packages/core/test/events/full-disk.test.ts"],
  },
  {
    name: "events of another shape are refused",
    file: `${core}/events/event-schema.ts`,
    from: "events.safeParse(value).success;",
    to: 'typeof value === "object" && value !== null && "type" in value;',
    tests: events,
  },
  {
    name: "secrets are masked",
    file: "packages/cli/src/secrets.ts",
    from: 'masked.replaceAll(form, "***")',
    to: "masked",
    tests: ["packages/cli/test/masking.test.ts"],
  },
  {
    name: "thoughts are no answer",
    file: `${core}/coder/reasoning.ts`,
    from: 'const [said = "", ...unfinished] = after.split(opener);',
    to: 'const [said = "", ...unfinished] = [after];',
    tests: extraction,
  },
  {
    name: "an answer that was cut off in mid-statement is no script",
    file: `${core}/coder/extract.ts`,
    from: "if (!chosen.closed && isCutOff(finish) && !parses(chosen.body))",
    to: "if (false)",
    tests: extraction,
  },
  {
    name: "an archive's entries stay in the folder",
    file: `${core}/preview/archives.ts`,
    from: "if (!target.startsWith(folder + sep)) throw",
    to: "if (false) throw",
    tests: preview,
  },
  {
    name: "links in archives are refused",
    file: `${core}/preview/archives.ts`,
    from: "if (unixType === 0o120000) throw",
    to: "if (false) throw",
    tests: preview,
  },
  {
    name: "archive bombs are refused",
    file: `${core}/preview/archives.ts`,
    from: "if (left.entries < 0 || left.bytes < 0) throw",
    to: "if (false) throw",
    tests: preview,
  },
  {
    name: "a plugin of another contract is refused",
    file: `${core}/plugins/load.ts`,
    from: "if (found.builtWith.major !== API.major) throw",
    to: "if (false) throw",
    tests: [`${coreTests}/plugins`],
  },
  {
    name: "later config layers replace lists",
    file: `${core}/config/overrides.ts`,
    from: "!namesAnother(before, value) ? merge(before, value) : value;",
    to: "!namesAnother(before, value) ? merge(value, before) : value;",
    tests: [`${coreTests}/config`],
  },
];

const evaluationDefences: readonly Defence[] = [
  {
    name: "held-back labels never reach the scripts",
    file: `${evaluation}/holdout/prepare.ts`,
    from: "if (label === undefined || !isHeld(label)) {",
    to: "if (true) {",
    tests: holdout,
  },
  {
    name: "held rows are not told by their ids",
    file: `${evaluation}/holdout/test-rows.ts`,
    from: "if (!taken.has(key)) {",
    to: "if (true) {",
    tests: holdout,
  },
  {
    name: "held rows are mixed among the user's",
    file: `${evaluation}/holdout/test-rows.ts`,
    from: "for (; (waiting[next]?.at ?? 1) < (row + 0.5) / own; next++)",
    to: "for (; false; next++)",
    tests: holdout,
  },
  {
    name: "too small a table is not split",
    file: `${evaluation}/holdout/choose.ts`,
    from: "if (labelled < leastRows || fraction === 0) return undefined;",
    to: "",
    tests: holdout,
  },
  {
    name: "a submission has the asked columns",
    file: `${evaluation}/submission/check.ts`,
    from: "if (missing.length > 0 || extra.length > 0) {",
    to: "if (missing.length > 0) {",
    tests: holdout,
  },
  {
    name: "a submission has every row",
    file: `${evaluation}/submission/check.ts`,
    from: "if (unknown.length > 0)",
    to: "if (false)",
    tests: holdout,
  },
  {
    name: "a submission repeats no row",
    file: `${evaluation}/submission/check.ts`,
    from: "if (repeated.length > 0)",
    to: "if (false)",
    tests: holdout,
  },
  {
    name: "a submission has no gaps",
    file: `${evaluation}/submission/check.ts`,
    from: "if (gaps.length > 0)",
    to: "if (false)",
    tests: holdout,
  },
  {
    name: "an infinite score is none",
    file: `${evaluation}/submission/score.ts`,
    from: "if (!Number.isFinite(value))\n    return",
    to: "if (false)\n    return",
    tests: [...holdout, ...judging],
  },
  {
    name: "a printed nan or inf is no score",
    file: `${evaluation}/evaluators/reported.ts`,
    from: "return Number.isFinite(value) ? value : undefined;",
    to: "return value;",
    tests: judging,
  },
  {
    name: "a report makes nothing valid that the framework has refused",
    file: `${evaluation}/evaluators/reported.ts`,
    from: "if (value === undefined || before?.valid === false) return before;",
    to: "if (value === undefined) return before;",
    tests: holdout,
  },
];

const executorDefences: readonly Defence[] = [
  {
    name: "the caller's environment does not reach a script",
    file: `${executor}/child-environment.ts`,
    from: "const variables: Record<string, string> = {",
    to: "const variables: Record<string, string> = { ...(process.env as Record<string, string>),",
    tests: executing("conformance"),
  },
  {
    name: "a script that takes too long is stopped",
    file: `${executor}/run-process.ts`,
    from: "const timer = setTimeout(() => void stop().catch(() => {}), request.seconds * 1000);",
    to: "const timer = setTimeout(() => void stop().catch(() => {}), 40_000);",
    tests: executing("limits"),
  },
  {
    name: "one that does not heed SIGINT is killed",
    file: `${executor}/run-process.ts`,
    from: "await pause(LAST_WORDS_MS, undefined, { signal: over.signal });\n    kill();",
    to: "await pause(LAST_WORDS_MS, undefined, { signal: over.signal });",
    tests: executing("limits"),
  },
  {
    name: "children that are left behind are killed",
    file: `${executor}/run-process.ts`,
    from: "over.abort();\n    await killTree(pid, folder);",
    to: "over.abort();",
    tests: executing("limits"),
  },
  {
    name: "children that left the process group are found",
    file: `${executor}/process-tree.ts`,
    from: "return variables.includes(mark) ? [Number(name)] : [];",
    to: "return [];",
    tests: executing("limits"),
  },
  {
    name: "endless output stays in constant memory",
    file: `${executor}/head-and-tail.ts`,
    from: "return Math.max(0, this.#total - this.#head.length - this.#tail.length);",
    to: "return 0;",
    tests: executing("head-and-tail"),
  },
  {
    name: "no script changes another's data",
    file: `${executor}/folder.ts`,
    from: "dereference: true });",
    to: "dereference: false });",
    tests: executing("folder"),
  },
  {
    name: "an artifact lies in the script's own folders",
    file: `${executor}/artifacts.ts`,
    from: "if (!isPlain || !execution.artifacts.includes(path)) throw refused(execution, path);",
    to: "",
    tests: [...executing("folder"), ...executing("conformance")],
  },
  {
    name: "links that a script left are not followed",
    file: `${executor}/artifacts.ts`,
    from: "if ((await realpath(full)) !== join(await realpath(folder), path)) throw refused(execution, path);",
    to: "",
    tests: executing("folder"),
  },
  {
    name: "a script's files stay in its folder",
    file: `${executor}/script-files.ts`,
    from: "if (!isAllowed(path))",
    to: "if (false)",
    tests: executing("folder"),
  },
  {
    name: "a crash is no success",
    file: `${executor}/fate.ts`,
    from: 'if (ending !== undefined || exit.code === 0) return { fate: "ok" };',
    to: 'return { fate: "ok" };',
    tests: executing("ending"),
  },
  {
    name: "no path of the machine is told",
    file: `${executor}/places.ts`,
    from: '.replaceAll(folder, ".")',
    to: "",
    tests: [...executing("ending"), ...executing("folder")],
  },
  {
    name: "only processes of dead owners are swept",
    file: `${executor}/running-record.ts`,
    from: "|| (await isAlive(known.owner))) continue;",
    to: ") continue;",
    tests: executing("sweep"),
  },
];

export const defences: readonly Defence[] = [...coreDefences, ...evaluationDefences, ...executorDefences];
