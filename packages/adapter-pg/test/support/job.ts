import type { CommandInput } from "@stockbook/core"
import type { Place } from "./store.ts"

/**
 * How a caller of the writer asks: `insistent`, with an idempotency key, again and again until it is answered; `once`,
 * with a key, giving up when the store fails; `keyless`, giving up too.
 */
export type Manner = "insistent" | "once" | "keyless"

/** What a name stands for: wherever it is asked again, it is the same command. */
export interface Job {
  readonly name: string
  readonly manner: Manner
  readonly command: CommandInput
  /** The movements it makes, each with the name for its note. */
  readonly movements: number
}

const manners: ReadonlyArray<Manner> = ["insistent", "once", "keyless"]

export const nameOf = (life: string, manner: Manner, caller: number, step: number): string =>
  [life, manner, caller, step].join(".")

/**
 * The job of a name. An insistent caller receives, reserves under a reference, fulfils that, and reserves without
 * one, over and over. One who may give up only receives: nothing in that command itself tells a second time from a first.
 */
export const jobOf = ({ organization, items }: Place, name: string): Job => {
  const [life, word, caller, at] = name.split(".")
  const manner = manners.find((each) => each === word)
  if (manner === undefined) throw new Error(`No such manner: ${name}`)
  const step = Number(at)
  // Neighbours name the items in opposite order.
  const order = Number(caller) % 2 === 0 ? items : items.toReversed()
  const [first, ...others] = order.map((item) => ({ item, quantity: 1 }))
  if (first === undefined) throw new Error("There are no items")
  const common = { organization, note: name }
  const hold = (made: number) => `${life}.${caller}.${made}`
  const job = (command: CommandInput, movements: number): Job => ({ name, manner, command, movements })
  if (manner !== "insistent") return job({ _tag: "Receive", ...common, lines: [first] }, 1)
  switch (step % 4) {
    case 0:
      return job({ _tag: "Receive", ...common, lines: [first, ...others] }, items.length)
    case 1:
      return job({ _tag: "Reserve", ...common, reference: hold(step), lines: [first, ...others] }, items.length)
    case 2:
      return job({ _tag: "Fulfil", ...common, hold: { reference: hold(step - 1) } }, items.length)
    default:
      return job({ _tag: "Reserve", ...common, lines: [first] }, 1)
  }
}
