/** What serves a role: its own, else that of the code. */
export const servedBy = <T>(byRole: ReadonlyMap<string, T>, role: string): T | undefined =>
  byRole.get(role) ?? byRole.get("code");
