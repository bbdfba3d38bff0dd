import type { BackorderCommands } from "./commands/backorders.ts"
import type { CorrectionCommands } from "./commands/corrections.ts"
import type { CountCommands } from "./commands/counts.ts"
import type { ItemCommands } from "./commands/items.ts"
import type { OrderCommands } from "./commands/orders.ts"
import type { StockCommands } from "./commands/stock.ts"
import type { SupplyCommands } from "./commands/supplies.ts"
import type { TransferCommands } from "./commands/transfers.ts"
import type { Outcome } from "./Outcome.ts"
import type { CommandOptions } from "./options.ts"

/** One method for each command. */
export interface Commands
  extends StockCommands,
    BackorderCommands,
    CorrectionCommands,
    ItemCommands,
    TransferCommands,
    OrderCommands,
    CountCommands,
    SupplyCommands {}

/** A command of a list: the name of its method, and its input. */
export type LinkedCommand = {
  [Name in keyof Commands]: { readonly command: Name } & Parameters<Commands[Name]>[0]
}[keyof Commands]

/** Several commands as one. */
export interface LinkedCommands {
  /**
   * Carries out 1 to 100 commands, all of them or none, the later ones seeing what the earlier ones did:
   * `linked([{ command: "issue", lines }, { command: "notify", kind: "order_shipped" }])`. Refused with what any of
   * them is refused with.
   */
  readonly linked: (
    commands: readonly [LinkedCommand, ...Array<LinkedCommand>],
    options?: CommandOptions
  ) => Promise<Outcome>
  /**
   * Carries out 1 to 10,000 rows of up to ten commands each, all of them or none. Refused with `BulkRejected`, which
   * names every row that was refused, and why.
   */
  readonly bulk: (
    rows: ReadonlyArray<readonly [LinkedCommand, ...Array<LinkedCommand>]>,
    options?: CommandOptions
  ) => Promise<Outcome>
}
