import type { Drivers } from "../drivers.ts"
import { fenced } from "./fenced.ts"
import {
  catalogReaches,
  deliveryReaches,
  identityReaches,
  ledgerReaches,
  reasonReaches,
  replyReaches
} from "./reaches.ts"
import { repliesApart } from "./repliesApart.ts"

/** The drivers over a session that goes by `CurrentReach`, each call within its reach. */
export const fencedDrivers = ({ ledger, catalog, reasons, deliveries, replies, identity }: Drivers): Drivers => ({
  ledger: fenced(ledger, ledgerReaches),
  catalog: fenced(catalog, catalogReaches),
  reasons: fenced(reasons, reasonReaches),
  deliveries: fenced(deliveries, deliveryReaches),
  replies: repliesApart(fenced(replies, replyReaches)),
  identity: fenced(identity, identityReaches)
})
