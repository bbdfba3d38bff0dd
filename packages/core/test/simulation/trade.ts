import type { CommandInput } from "../../src/engine/StockEngine.ts"
import type { World } from "../../src/testing/histories.ts"

/** A random number below another. */
export type Below = (below: number) => number

/**
 * The daily business of an organization: goods come in, are reserved, shipped, given back, moved and counted, mostly
 * under references of late, so that much of it succeeds and much of it meets.
 */
export const traderOf = ({ organization, items, variations, batches, locations }: World, nat: Below) => {
  const made = { holds: [] as Array<string>, transfers: [] as Array<string> }
  const pick = <A>(list: readonly [A, ...Array<A>]): A => list[nat(list.length)] ?? list[0]
  const [first, second] = items
  const [v1, v2, v3, v4] = variations
  const [own, lot, otherOwn, otherLot, short] = batches
  const parts = [
    [
      {},
      {},
      {},
      {},
      { variation: v1 },
      { variation: v2 },
      { batch: own },
      { variation: v2, batch: lot },
      { batch: short }
    ],
    [{}, {}, {}, {}, { variation: v3 }, { variation: v4 }, { batch: otherOwn }, { variation: v4, batch: otherLot }]
  ]
  const place = (): { readonly item: number } => {
    const which = nat(3) === 0 ? 1 : 0
    const item = (which === 0 ? first : second) ?? 0
    const part = parts[which]?.[nat(9)] ?? {}
    return { item, ...part, ...(nat(2) === 0 ? {} : { location: locations[nat(locations.length)] ?? 0 }) }
  }
  const line = (most: number) => ({ ...place(), quantity: 1 + nat(most) })
  const lines = (most: number) => (nat(4) === 0 ? ([line(most), line(most)] as const) : ([line(most)] as const))
  const bare = (most: number) => ({ item: (nat(3) === 0 ? second : first) ?? 0, quantity: 1 + nat(most) })
  const fresh = (of: Array<string>, letter: string) => {
    const reference = `${letter}${of.length + 1}`
    of.push(reference)
    return reference
  }
  const recent = (of: Array<string>) => of[Math.max(0, of.length - 1 - nat(10))] ?? "none"
  const hold = () => ({ reference: recent(made.holds) })
  const transfer = () => ({ reference: recent(made.transfers) })
  const some = (most: number) => (nat(3) === 0 ? { lines: [bare(most)] as const } : {})

  const kinds: ReadonlyArray<readonly [weight: number, make: () => CommandInput]> = [
    [16, () => ({ _tag: "Receive", organization, lines: lines(9) })],
    [
      26,
      () => ({
        _tag: "Reserve",
        organization,
        lines: nat(2) === 0 ? [bare(4)] : lines(4),
        ...(nat(4) === 0 ? {} : { reference: nat(12) === 0 ? recent(made.holds) : fresh(made.holds, "H") }),
        ...(nat(2) === 0 ? { expiresIn: 1 + nat(60) } : {}),
        ...(nat(6) === 0 ? { mode: "bestEffort" as const } : {}),
        ...(nat(8) === 0 ? { backorder: true } : {})
      })
    ],
    [7, () => ({ _tag: "Commit", organization, hold: hold(), ...some(3) })],
    [9, () => ({ _tag: "Fulfil", organization, hold: hold(), ...some(3) })],
    [6, () => ({ _tag: "Release", organization, hold: hold(), ...some(3) })],
    [2, () => ({ _tag: "Extend", organization, hold: hold(), expiresIn: nat(3) === 0 ? null : 1 + nat(60) })],
    [2, () => ({ _tag: "Reallocate", organization, hold: hold() })],
    [2, () => ({ _tag: "ReleaseAnonymous", organization, ...bare(4) })],
    [8, () => ({ _tag: "Issue", organization, lines: nat(2) === 0 ? [bare(5)] : lines(5) })],
    [
      4,
      () => ({ _tag: "Adjust", organization, lines: [{ ...place(), delta: nat(2) === 0 ? 1 + nat(3) : -1 - nat(4) }] })
    ],
    [1, () => ({ _tag: "Set", organization, ...place(), quantity: nat(9) })],
    [2, () => ({ _tag: "Quarantine", organization, reason: "damage", lines: [bare(3)] })],
    [2, () => ({ _tag: "Restore", organization, lines: [bare(2)] })],
    [
      3,
      () => ({
        _tag: "SetPolicy",
        organization,
        item: bare(1).item,
        lowStockThreshold: nat(5) === 0 ? null : nat(15),
        ...(nat(2) === 0 ? { hysteresis: nat(4) } : {}),
        ...(nat(3) === 0 ? { backorderLimit: nat(20) } : {})
      })
    ],
    [
      3,
      () => ({
        _tag: "RequestTransfer",
        organization,
        reference: fresh(made.transfers, "M"),
        from: pick([locations[0] ?? 0, locations[1] ?? 0]),
        to: pick([locations[1] ?? 0, locations[2] ?? 0]),
        lines: [bare(4)]
      })
    ],
    [2, () => ({ _tag: "DispatchTransfer", organization, transfer: transfer() })],
    [2, () => ({ _tag: "ReceiveTransfer", organization, transfer: transfer() })],
    [1, () => ({ _tag: "CancelTransfer", organization, transfer: transfer() })]
  ]
  const all = kinds.reduce((sum, [weight]) => sum + weight, 0)

  return (): CommandInput => {
    let left = nat(all)
    for (const [weight, make] of kinds) {
      if (left < weight) return make()
      left -= weight
    }
    return { _tag: "Open", organization, item: first ?? 0 }
  }
}

/** A command whose references are new ones every so often, so that what was made under them long ago is not all there is. */
export const renamed = <A>(value: A, age: number): A => {
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk)
    if (typeof part !== "object" || part === null) return part
    return Object.fromEntries(
      Object.entries(part).map(([name, field]) =>
        name === "reference" && typeof field === "string" ? [name, `${field}${age}`] : [name, walk(field)]
      )
    )
  }
  return walk(value) as A
}
