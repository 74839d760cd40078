/** Whether an argument names a config file. */
export const isConfigFile = (argument: string): boolean =>
  !argument.includes("=") && /\.(ya?ml|json|[cm]?[jt]s)$/.test(argument);
