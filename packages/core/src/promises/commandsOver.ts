import type { OrganizationId } from "../catalog/Organization.ts"
import type { JoinedEngine } from "../engine/JoinedEngine.ts"
import type { CommandInput } from "../engine/StockEngine.ts"
import type { SingleCommand } from "../stock/Command.ts"
import { InvalidInput } from "../stock/Rejection.ts"
import { certain } from "./ask.ts"
import type { Commands, LinkedCommands } from "./Commands.ts"
import { said } from "./inputs/options.ts"
import { type Outcome, toOutcome } from "./Outcome.ts"
import type { CommandOptions } from "./options.ts"
import type { Runner } from "./Runner.ts"
import { StockbookError } from "./StockbookError.ts"

/** The command of each method. */
export const commandTags = {
  receive: "Receive",
  issue: "Issue",
  adjust: "Adjust",
  set: "Set",
  reserve: "Reserve",
  extend: "Extend",
  release: "Release",
  releaseAnonymous: "ReleaseAnonymous",
  commit: "Commit",
  fulfil: "Fulfil",
  expire: "Expire",
  expireBatches: "ExpireBatches",
  setPolicy: "SetPolicy",
  snoozeAlert: "SnoozeAlert",
  setHome: "SetHome",
  open: "Open",
  setCosting: "SetCosting",
  trackSerials: "TrackSerials",
  quarantine: "Quarantine",
  restore: "Restore",
  writeOff: "WriteOff",
  writeOffAll: "WriteOffAll",
  return: "Return",
  reverse: "Reverse",
  notify: "Notify",
  requestTransfer: "RequestTransfer",
  dispatchTransfer: "DispatchTransfer",
  receiveTransfer: "ReceiveTransfer",
  completeTransfer: "CompleteTransfer",
  cancelTransfer: "CancelTransfer",
  placeOrder: "PlaceOrder",
  completeOrder: "CompleteOrder",
  cancelOrder: "CancelOrder",
  reallocate: "Reallocate",
  cancelBackorder: "CancelBackorder",
  prioritizeBackorder: "PrioritizeBackorder",
  startCount: "StartCount",
  recordCount: "RecordCount",
  postCount: "PostCount",
  cancelCount: "CancelCount",
  expectSupply: "ExpectSupply",
  receiveSupply: "ReceiveSupply",
  closeSupply: "CloseSupply",
  cancelSupply: "CancelSupply"
} as const satisfies { readonly [Name in keyof Commands]: SingleCommand["_tag"] }

type Tags = typeof commandTags

/** What the engine takes for a method. */
export type EngineInput<Name extends keyof Commands> = Omit<
  Extract<CommandInput, { readonly _tag: Tags[Name] }>,
  "_tag" | "organization"
>

/** An organization's commands as methods that only name the command; what they are given is the engine's to check. */
export const commandsOver = (
  engine: JoinedEngine,
  organization: OrganizationId,
  runner: Runner
): Commands & LinkedCommands => {
  const execute = async (command: object, options: CommandOptions | undefined): Promise<Outcome> => {
    if (options === undefined) return toOutcome(await runner.run(engine.execute(command as CommandInput)))
    const { signal, ...given } = certain(said.command(options))
    return toOutcome(await runner.run(engine.execute(command as CommandInput, given), signal))
  }

  const named =
    <Name extends keyof Commands>(name: Name) =>
    async (input: EngineInput<Name>, options?: CommandOptions): Promise<Outcome> =>
      execute({ ...inputOf(input, []), _tag: commandTags[name], organization }, options)

  return {
    receive: named("receive"),
    issue: named("issue"),
    adjust: named("adjust"),
    set: named("set"),
    reserve: named("reserve"),
    extend: named("extend"),
    release: named("release"),
    releaseAnonymous: named("releaseAnonymous"),
    commit: named("commit"),
    fulfil: named("fulfil"),
    expire: named("expire"),
    expireBatches: named("expireBatches"),
    setPolicy: named("setPolicy"),
    snoozeAlert: named("snoozeAlert"),
    setHome: named("setHome"),
    open: named("open"),
    setCosting: named("setCosting"),
    trackSerials: named("trackSerials"),
    quarantine: named("quarantine"),
    restore: named("restore"),
    writeOff: named("writeOff"),
    writeOffAll: named("writeOffAll"),
    return: named("return"),
    reverse: named("reverse"),
    notify: named("notify"),
    requestTransfer: named("requestTransfer"),
    dispatchTransfer: named("dispatchTransfer"),
    receiveTransfer: named("receiveTransfer"),
    completeTransfer: named("completeTransfer"),
    cancelTransfer: named("cancelTransfer"),
    placeOrder: named("placeOrder"),
    completeOrder: named("completeOrder"),
    cancelOrder: named("cancelOrder"),
    reallocate: named("reallocate"),
    cancelBackorder: named("cancelBackorder"),
    prioritizeBackorder: named("prioritizeBackorder"),
    startCount: named("startCount"),
    recordCount: named("recordCount"),
    postCount: named("postCount"),
    cancelCount: named("cancelCount"),
    expectSupply: named("expectSupply"),
    receiveSupply: named("receiveSupply"),
    closeSupply: named("closeSupply"),
    cancelSupply: named("cancelSupply"),
    linked: async (commands, options) =>
      execute({ _tag: "Linked", organization, commands: tagged(commands, organization, ["commands"]) }, options),
    bulk: async (rows, options) => {
      const list = listOf(rows, ["rows"]).map((commands, row) => tagged(commands, organization, ["rows", row]))
      return execute({ _tag: "Bulk", organization, rows: list }, options)
    }
  }
}

type Path = ReadonlyArray<string | number>

/** Commands as the engine takes them. */
const tagged = (commands: unknown, organization: OrganizationId, path: Path): ReadonlyArray<object> =>
  listOf(commands, path).map((each, at) => {
    const { command, ...input } = inputOf(each, [...path, at])
    if (!isName(command)) throw refused([...path, at, "command"], "Expected the name of a command's method")
    return { ...input, _tag: commandTags[command], organization }
  })

const isName = (command: unknown): command is keyof Commands =>
  typeof command === "string" && Object.hasOwn(commandTags, command)

const listOf = (value: unknown, path: Path): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) return value
  throw refused(path, "Expected array")
}

/** What is given for a command. Which command, and whose, is not for it to say. */
const inputOf = (value: unknown, path: Path): Readonly<Record<string, unknown>> => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refused(path, "Expected object")
  for (const field of ["_tag", "organization"]) {
    if (field in value) throw refused([...path, field], "Unknown field")
  }
  return { ...value }
}

const refused = (path: Path, message: string) => new StockbookError(new InvalidInput({ issues: [{ path, message }] }))
