import type { CommandInput, Outcome } from "@stockbook/core"
import type { Place } from "./store.ts"

/** Who asks: the process, the caller within it, and how often it has asked before. */
export interface Asker {
  readonly process: number
  readonly caller: number
  readonly turn: number
}

/** What a rival does at each turn: commands, one after the other, and the line it writes when they are done. */
interface Trade {
  readonly commands: readonly [Request, ...ReadonlyArray<Request>]
  readonly line: (last: Outcome) => string
}

interface Request {
  readonly command: CommandInput
  readonly key?: string
}

type MakeTrade = (place: Place, asker: Asker) => Trade

const unitOf = (item: Place["items"][number] | undefined) => {
  if (item === undefined) throw new Error("There is no such item")
  return { item, quantity: 1 }
}

/** One unit of the first item is reserved. */
const sell: MakeTrade = ({ organization, items }) => ({
  commands: [{ command: { _tag: "Reserve", organization, lines: [unitOf(items[0])] } }],
  line: () => "sold"
})

/** One unit of the first item comes in, and then one is reserved: there is always one left for who asks. */
const restock: MakeTrade = ({ organization, items }) => ({
  commands: [
    { command: { _tag: "Receive", organization, lines: [unitOf(items[0])] } },
    { command: { _tag: "Reserve", organization, lines: [unitOf(items[0])] } }
  ],
  line: () => "sold"
})

/** A unit of every item is reserved at once, by every other process in the opposite order, beginning anywhere. */
const basket: MakeTrade = ({ organization, items }, { process, caller, turn }) => {
  const ordered = process % 2 === 0 ? items : items.toReversed()
  const start = (caller + turn) % items.length
  const [first, ...others] = [...ordered.slice(start), ...ordered.slice(0, start)].map(unitOf)
  return {
    commands: [{ command: { _tag: "Reserve", organization, lines: [first ?? unitOf(undefined), ...others] } }],
    line: () => "sold"
  }
}

/** One unit of the first item comes in under a key that everybody uses at this turn. */
const sameKey: MakeTrade = ({ organization, items }, { turn }) => ({
  commands: [{ command: { _tag: "Receive", organization, lines: [unitOf(items[0])] }, key: `turn-${turn}` }],
  line: ({ movements, replayed }) => `turn-${turn} ${movements[0]?.id} ${replayed ? "replayed" : "done"}`
})

/** A unit of one item or another comes in. */
const record: MakeTrade = ({ organization, items }, { process, caller, turn }) => ({
  commands: [
    {
      command: { _tag: "Receive", organization, lines: [unitOf(items[(process + caller + turn) % items.length])] }
    }
  ],
  line: ({ movements }) => `${movements[0]?.id}`
})

export const trades = { sell, restock, basket, sameKey, record }

export type TradeName = keyof typeof trades
