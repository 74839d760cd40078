/** How it reads: whatever only a run knows. */
const placeholder = "…";

/** Text, list, number, object and function at once: an argument for any constructor of an error. */
export const something: unknown = new Proxy(() => something, {
  get: (_target, key) => {
    if (key === Symbol.toPrimitive || key === "toString" || key === "toJSON") return () => placeholder;
    if (key === Symbol.iterator)
      return function* () {
        yield something;
      };
    return something;
  },
});
