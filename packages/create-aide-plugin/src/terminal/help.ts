import { pluginKinds } from "../kinds.ts";

const widest = Math.max(...pluginKinds.map(({ kind }) => kind.length));

export const help = `Writes the package of a new aide plugin, or renews that of an existing one.

  npm create aide-plugin
  npm create aide-plugin -- --kind strategy --name my-idea
  npm create aide-plugin@latest update

create-aide-plugin [folder]
  --kind <kind>   what it is; one of those below
  --name <name>   what configs call it, as my-idea or @you/my-idea
  --yes           ask nothing: a strategy, called as the folder, where nothing else is given
  folder          where it is written; called as its package without

create-aide-plugin update [folder]
  --dry-run       show what would change, and write nothing
  --force         write although not all is committed

kinds
${pluginKinds.map(({ kind, what }) => `  ${kind.padEnd(widest)}  ${what}`).join("\n")}`;
