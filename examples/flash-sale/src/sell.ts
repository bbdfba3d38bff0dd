import { type Inventory, isStockbookError } from "@stockbook/adapter-sqlite"

export interface Sale {
  /** The orders that got a unit, paid for it and had it sent. */
  readonly sold: ReadonlySet<string>
  readonly refused: number
  /** Who got a unit and did not pay. */
  readonly letGo: number
  /** Buyers who pressed the button twice. */
  readonly repeated: number
}

/** Every buyer asks for one unit; whoever gets it pays and has it sent, but for one in ten, who lets it go. */
export async function sell(
  inventory: Inventory,
  item: number,
  buyers: number,
  count: (sold: number, answered: number) => void
): Promise<Sale> {
  const sold = new Set<string>()
  const refused: Array<string> = []
  let answered = 0
  let repeated = 0
  let letGo = 0

  const buy = async (reference: string, reliable: boolean): Promise<void> => {
    const hold = { reference }
    if (!reliable) {
      await inventory.release({ hold })
      letGo++
      return
    }
    await inventory.commit({ hold })
    await inventory.fulfil({ hold })
    sold.add(reference)
  }

  const ask = async (reference: string, impatient: boolean): Promise<boolean> => {
    const order = { reference, lines: [{ item, quantity: 1 }], expiresIn: 60_000 } as const
    const answers = await Promise.allSettled(Array.from({ length: impatient ? 2 : 1 }, () => inventory.reserve(order)))
    if (impatient) repeated++
    for (const answer of answers) {
      if (answer.status === "rejected" && !isSoldOut(answer.reason)) throw answer.reason
    }
    return answers.some(({ status }) => status === "fulfilled")
  }

  await Promise.all(
    Array.from({ length: buyers }, async (_, buyer) => {
      const reference = `order-${buyer}`
      if (await ask(reference, buyer % 20 === 0)) await buy(reference, buyer % 10 !== 3)
      else refused.push(reference)
      count(sold.size, ++answered)
    })
  )

  // What was let go is there again: those who were refused ask once more, until it is gone.
  while (refused.length > 0) {
    const reference = refused[0] ?? ""
    if (!(await ask(reference, false))) break
    refused.shift()
    await buy(reference, true)
    count(sold.size, answered)
  }
  return { sold, refused: refused.length, letGo, repeated }
}

const isSoldOut = (error: unknown): boolean => isStockbookError(error) && error.code === "InsufficientStock"
