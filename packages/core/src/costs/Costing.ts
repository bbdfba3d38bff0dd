import { Schema } from "effect"
import type { LocationId } from "../catalog/Location.ts"
import { fromMillionths, share, toMillionths } from "./Amount.ts"

/**
 * How the cost of what goes out is found: `average`, the moving average of what is there (value ÷ units, after every
 * receipt anew), or `fifo`, first in, first out (the oldest layer's cost). Both as IAS 2 paragraph 25 allows them.
 */
export const CostMethod = Schema.Literals(["average", "fifo"])
export type CostMethod = typeof CostMethod.Type

/** Units that came in together, and what they cost in all (an amount). Both are negative for units owed. */
export type CostLayer = readonly [units: number, value: string]

/** The layers of one location, the oldest first; a moving average is a single layer. */
export type CostPool = readonly [location: LocationId, layers: ReadonlyArray<CostLayer>]

/** What the stock of an item cost. Units are on hand, in any state. */
export interface Costing {
  readonly method: CostMethod
  /** Locations with a method of their own. */
  readonly methods?: Readonly<Record<string, CostMethod>>
  /** What a unit last cost (an amount), for units that come in without a cost when nothing is there. */
  readonly last?: string
  readonly pools: ReadonlyArray<CostPool>
}

/** A layer in millionths while costs are reckoned. */
export interface Layer {
  readonly units: number
  readonly value: bigint
}

/** The layers of a location. */
export const layersOf = (costing: Costing, location: LocationId): ReadonlyArray<Layer> =>
  (costing.pools.find(([at]) => at === location)?.[1] ?? []).map(([units, value]) => ({
    units,
    value: toMillionths(value)
  }))

/** The costing with other layers at a location; a location without any is left out. */
export const withLayers = (costing: Costing, location: LocationId, layers: ReadonlyArray<Layer>): Costing => {
  const pool = layers
    .filter(({ units, value }) => units !== 0 || value !== 0n)
    .map(({ units, value }): CostLayer => [units, fromMillionths(value)])
  const others = costing.pools.filter(([at]) => at !== location)
  return {
    ...costing,
    pools: pool.length === 0 ? others : [...others, [location, pool] as const].sort(([a], [b]) => a - b)
  }
}

export const methodAt = (costing: Costing, location: LocationId): CostMethod =>
  costing.methods?.[String(location)] ?? costing.method

/** The sum of layers. */
export const sumOf = (layers: ReadonlyArray<Layer>): Layer =>
  layers.reduce((sum, layer) => ({ units: sum.units + layer.units, value: sum.value + layer.value }), {
    units: 0,
    value: 0n
  })

/** Everything of an item, over all locations. */
export const totalOf = (costing: Costing): Layer =>
  sumOf(costing.pools.flatMap(([location]) => layersOf(costing, location)))

/**
 * What `units` cost on their way out, and the layers they leave. A part of a layer costs its share of the layer, rounded
 * to a millionth; what is left keeps the rest, so nothing is lost. Units that are not there (negative stock) cost what
 * the last ones did, or `fallback` a unit, and are owed at that cost.
 */
export const takeUnits = (
  layers: ReadonlyArray<Layer>,
  units: number,
  fallback: bigint
): { readonly cost: bigint; readonly layers: ReadonlyArray<Layer> } => {
  let cost = 0n
  let left = units
  let rate: Layer = { units: 1, value: fallback }
  const rest: Array<Layer> = []
  for (const layer of layers) {
    if (layer.units !== 0) rate = layer
    if (left === 0 || layer.units <= 0) {
      rest.push(layer)
      continue
    }
    const taken = Math.min(left, layer.units)
    const value = share(layer.value, taken, layer.units)
    cost += value
    left -= taken
    if (taken < layer.units) rest.push({ units: layer.units - taken, value: layer.value - value })
  }
  if (left === 0) return { cost, layers: rest }
  const owed = share(rate.value, left, rate.units)
  const sum = sumOf(rest)
  return { cost: cost + owed, layers: [{ units: sum.units - left, value: sum.value - owed }] }
}

/**
 * Adds a layer. Units that were owed are met first: what they were reckoned at when they went out is replaced by what
 * they now cost, and the difference is the variance, which has gone out with them.
 */
export const addUnits = (
  layers: ReadonlyArray<Layer>,
  added: Layer,
  method: CostMethod
): { readonly layers: ReadonlyArray<Layer>; readonly variance: bigint } => {
  const [first] = layers
  if (first === undefined || first.units >= 0) {
    const all = [...layers, added]
    return { layers: method === "fifo" ? all : [sumOf(all)], variance: 0n }
  }
  const met = Math.min(-first.units, added.units)
  const paid = share(added.value, met, added.units)
  const owed = -share(first.value, met, -first.units)
  const left: Layer = { units: first.units + met, value: first.value + owed }
  const kept: Layer = { units: added.units - met, value: added.value - paid }
  return { layers: [left, kept].filter(({ units }) => units !== 0), variance: paid - owed }
}
