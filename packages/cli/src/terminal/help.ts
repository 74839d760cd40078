export const helpText = `aide: solve machine-learning tasks with small open language models

usage
  aide data_dir=<folder> goal="…" eval="…" [key=value …]
  aide run [config.yaml] [key=value …]     run a task; bare key=value does the same
      --from script.py                     start from a script of your own
      --yes                                go on where no row can be held back
  aide inspect <folder> [key=value …]      what a run would find in a folder, without a run
      --json
  aide resume [run] [key=value …]          go on with a run that was stopped
      --discard-open                       under another setup, where only open work differs
      --with-config                        take the config file as it is now, not as the run was begun with
  aide hint <run> ["…"] [--clear]          give a run something that its next proposals are shown
  aide replay [run] [--until <place>]      follow a run's log again, without model and scripts
      --with-config
  aide fork <run> --at <place> --prompt file
                                           go on from a call with another prompt, as a new run
  aide runs                                list the runs in ./logs
  aide show [run] [solution | place]       tree and scores of a run, one solution, or one prompt
  aide setup                               Python environment and embedded model
  aide models list | pull <name> | path <name>   of the list, or owner/name of the hub
  aide doctor [model | key=value …]        check this machine, and which models fit its GPUs
  aide config show | check | schema [config.yaml] [key=value …]
  aide explain [config.yaml] [key=value …] draw the chain, with calls and tokens of a step
      --json
  aide bench repair [config.yaml] [key=value …]
                                           compare repair strategies on frozen drafts that failed
      --arms file --only a,b --cases n|names --out folder
  aide plugins [name | path]               what can be named in a config; options of one
  aide serve [config.yaml] [key=value …]   the backend behind OpenAI's protocol, for other tools
      --port 8642 --host 127.0.0.1 --key VARIABLE
  aide pool freeze [run …] --out pool.json keep what runs of one task found
  aide pool replay <pool.json | smooth | capped | noisy | buggy> … [search=… key=value …]
      --steps 32 --seeds 100 --json        searches and selectors on it, without a model
  aide clean [run]                         remove workspaces of finished runs

often used keys
  agent.steps=20            steps of the search            budget.time=1h   time limit
  backend.use=llamacpp      model server                   seed=0           repeats a run
  agent.code.model=<name>   model; the name picks the backend
  strategies=[]             strategies around the coder    slots=1          proposals at a time

example
  aide data_dir=example_tasks/house_prices goal="Predict the sales price for each house" \\
       eval="Use the RMSE metric between the logarithm of the predicted and observed values."
`;

/** The lines of the help that are about one command. */
export const helpFor = (command: string): string => {
  const lines = helpText.split("\n");
  const isOfCommand = (line: string) => line.startsWith(`  aide ${command} `) || line === `  aide ${command}`;
  const first = lines.findIndex(isOfCommand);
  const next = lines.findIndex((line, at) => at > first && !/^ {6}/.test(line) && !isOfCommand(line));
  return `usage\n${lines.slice(first, next).join("\n")}\n`;
};
