/** The commands of each block for a shell in a README. */
export const commandsIn = (readme: string): readonly (readonly string[])[] =>
  [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) =>
    block.split("\n").filter((line) => line !== ""),
  );
