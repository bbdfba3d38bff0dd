/** What the process ends with. */
export const exitCodes = {
  done: 0,
  /** It ran to its end and found something: differences in the stock, rows that were refused. */
  found: 1,
  /** An option, an argument or a variable of the environment is wrong; nothing was done. */
  usage: 2,
  /** A database or a file could not be used. */
  failed: 3
} as const
