export type Environment = Readonly<Record<string, string>>;

/** This process's environment variables, those that are set. */
export const processEnvironment = (): Environment =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
