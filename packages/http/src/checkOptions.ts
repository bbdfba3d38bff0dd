import type { StockbookOptions } from "./Options.ts"

type Option = StockbookOptions extends infer Each ? (Each extends unknown ? keyof Each : never) : never

/** What there is, for those who do not ask a type checker. */
const known: Readonly<Record<Option, true>> = {
  store: true,
  gateway: true,
  engine: true,
  notifications: true,
  retention: true,
  load: true,
  bodyLimit: true,
  cors: true,
  metrics: true,
  telemetry: true,
  log: true,
  tokens: true,
  registration: true,
  loginLimit: true,
  authenticate: true
}

/** An option of `stockbook` is unknown, missing, or cannot work. */
export class InvalidOption extends Error {
  readonly option: string

  constructor(option: string, problem: string) {
    super(`${option} ${problem}`)
    this.name = "InvalidOption"
    this.option = option
  }
}

/** Throws `InvalidOption` on what is no option, and where who asks can be known in no way, or in two. */
export const checkOptions = (options: StockbookOptions): void => {
  if (typeof options !== "object" || options === null) throw new InvalidOption("options", "must be an object")
  for (const option of Object.keys(options)) {
    if (!Object.hasOwn(known, option)) throw new InvalidOption(option, "is no option of stockbook")
  }
  const { store, tokens, authenticate, bodyLimit } = options
  if (typeof store !== "object" || store === null) throw new InvalidOption("store", "must be the layer of a store")
  if ((tokens === undefined) === (authenticate === undefined)) {
    throw new InvalidOption("authenticate", "must be given, or else tokens: { secret }, and not both")
  }
  if (authenticate !== undefined && typeof authenticate !== "function") {
    throw new InvalidOption("authenticate", "must be a function")
  }
  if (bodyLimit !== undefined && !(Number.isSafeInteger(bodyLimit) && bodyLimit > 0)) {
    throw new InvalidOption("bodyLimit", "must be an integer of 1 or more")
  }
}
