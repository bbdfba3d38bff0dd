import fc from "fast-check"
import type { CommandInput } from "../engine/StockEngine.ts"

type Single = Exclude<CommandInput, { readonly _tag: "Linked" | "Bulk" }>

/** What steps are made of: a line, and the places it may be narrowed to. */
interface Parts {
  readonly organization: number
  readonly item: fc.Arbitrary<number>
  readonly place: Readonly<Record<"variation" | "batch" | "location", fc.Arbitrary<number>>>
  readonly lines: fc.Arbitrary<
    readonly [{ item: number; quantity: number }, ...Array<{ item: number; quantity: number }>]
  >
}

/**
 * Quarantines, write-offs, returns and reversals. With `movements`, some name movements: by their place in the ledger,
 * which `namingMovements` turns into ids.
 */
export const adjustingSteps = (
  { organization, item, place, lines }: Parts,
  options: { readonly movements: boolean }
): ReadonlyArray<{ readonly weight: number; readonly arbitrary: fc.Arbitrary<Single> }> => {
  const base = <Tag extends Single["_tag"]>(_tag: Tag) => ({
    _tag: fc.constant(_tag),
    organization: fc.constant(organization)
  })
  const reason = fc.constantFrom("damage", "theft", "expiry")
  const disposition = fc.constantFrom("restock" as const, "quarantine" as const, "scrap" as const)
  const movement = fc.integer({ min: 1, max: 20 })
  const few = fc.integer({ min: 1, max: 3 })
  const some = fc.oneof(
    { weight: 3, arbitrary: fc.record({ item, quantity: few }).map((line) => [line] as const) },
    { weight: 1, arbitrary: lines }
  )
  const returned = fc.record(
    { movement, quantity: fc.integer({ min: 1, max: 3 }), location: place.location },
    { requiredKeys: ["movement"] }
  )
  return [
    { weight: 2, arbitrary: fc.record({ ...base("Quarantine"), reason, lines: some }) },
    { weight: 2, arbitrary: fc.record({ ...base("Restore"), lines: some }) },
    {
      weight: 1,
      arbitrary: fc.record({
        ...base("WriteOff"),
        reason,
        from: fc.constantFrom("available" as const, "quarantined" as const),
        lines: some
      })
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { ...base("WriteOffAll"), reason, item, ...place },
        { requiredKeys: ["_tag", "organization", "reason", "item"] }
      )
    },
    { weight: 1, arbitrary: fc.record({ ...base("Return"), disposition, lines }) },
    ...(options.movements
      ? [
          {
            weight: 3,
            arbitrary: fc.record({
              ...base("Return"),
              disposition,
              lines: fc.tuple(returned, fc.array(returned, { maxLength: 1 })).map(([a, b]) => [a, ...b] as const)
            })
          },
          { weight: 2, arbitrary: fc.record({ ...base("Reverse"), movement }) }
        ]
      : [])
  ]
}

/** A command whose places in the ledger (1 is the first) are the ids of the movements there, as far as there are any. */
export const namingMovements = (command: CommandInput, ids: ReadonlyArray<number>): CommandInput => {
  const id = (place: number) => ids[(place - 1) % Math.max(ids.length, 1)] ?? place
  switch (command._tag) {
    case "Linked": {
      const [first, ...others] = command.commands
      return { ...command, commands: [nameIn(first, id), ...others.map((each) => nameIn(each, id))] }
    }
    case "Bulk":
      return command
    default:
      return nameIn(command, id)
  }
}

const nameIn = (command: Single, id: (place: number) => number): Single => {
  if (command._tag === "Reverse") return { ...command, movement: id(command.movement) }
  if (command._tag !== "Return") return command
  const name = (line: (typeof command.lines)[number]) =>
    "movement" in line ? { ...line, movement: id(line.movement) } : line
  const [first, ...others] = command.lines
  return { ...command, lines: [name(first), ...others.map(name)] }
}
