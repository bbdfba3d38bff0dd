import type { Inventory } from "@stockbook/adapter-sqlite"

/** Everything that would be wrong with the sale, from the ledger alone and from the stock beside it; nothing is right. */
export async function proof(
  inventory: Inventory,
  item: number,
  units: number,
  sold: ReadonlySet<string>
): Promise<ReadonlyArray<string>> {
  const faults: Array<string> = []
  const { differences } = await inventory.verify()
  for (const difference of differences) faults.push(`The ledger says otherwise: ${JSON.stringify(difference)}`)

  const shipped = new Map<number | null, number>()
  for (let after = 0, more = true; more; ) {
    const page = await inventory.movements({ item, order: "oldest", after, limit: 1000 })
    for (const { cause, hold, quantity } of page) {
      if (cause === "Fulfil") shipped.set(hold, (shipped.get(hold) ?? 0) + quantity)
    }
    after = page.at(-1)?.id ?? after
    more = page.length === 1000
  }
  const total = [...shipped.values()].reduce((sum, quantity) => sum + quantity, 0)
  if (total !== units) faults.push(`${total} units were shipped, of ${units}.`)
  if (shipped.size !== sold.size) faults.push(`${shipped.size} holds were shipped, to ${sold.size} buyers.`)
  if ([...shipped.values()].some((quantity) => quantity !== 1)) faults.push("Somebody was sent more than one.")

  const left = (await inventory.stock(item))?.total
  if (left?.available !== 0 || left.reserved !== 0 || left.committed !== 0) {
    faults.push(`Something is left: ${JSON.stringify(left)}.`)
  }
  return faults
}
