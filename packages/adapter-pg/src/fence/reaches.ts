import type {
  CatalogDriver,
  DeliveryDriver,
  IdentityDriver,
  LedgerDriver,
  OrganizationId,
  ReasonDriver,
  ReplyDriver
} from "@stockbook/core"
import type { Reaches } from "./fenced.ts"
import type { Reach } from "./Reach.ts"

/*
 * All calls that do not begin with their organization, and so all that may reach the rows of several. Every other call
 * reaches those of the organization it begins with.
 */

/** Of a call that may name an organization. */
export const oneOrAll = (organization: OrganizationId | null): Reach => organization ?? "all"

export const ledgerReaches: Reaches<LedgerDriver> = {
  // One sweeper expires the holds and batches of all organizations.
  dueHolds: "all",
  dueBatches: "all",
  // `verify` walks through all of them, and a subscriber follows all, unless they name one.
  itemIds: oneOrAll,
  changes: oneOrAll,
  // Of tables that have no organization.
  now: "none",
  head: "none",
  savedCursor: "none",
  claim: "none",
  saveCursor: "none",
  yieldTurn: "none"
}

const second = (_: unknown, organization: OrganizationId): Reach => organization

export const catalogReaches: Reaches<CatalogDriver> = {
  // It is not there yet.
  insertOrganization: "all",
  // Who runs the store lists its organizations, and asks whose an id is.
  organizations: "all",
  ownerOf: "all",
  insertTerm: second,
  updateTerm: second,
  removeTerm: second,
  restoreTerm: second,
  term: second,
  terms: (_, { organization }) => organization
}

export const reasonReaches: Reaches<ReasonDriver> = {}

export const replyReaches: Reaches<ReplyDriver> = {
  keep: ([{ organization }]) => organization
}

export const deliveryReaches: Reaches<DeliveryDriver> = {
  // One worker sends what all organizations are to be told, and clears it.
  add: "all",
  claim: "all",
  clear: "all",
  list: ({ organization }) => oneOrAll(organization),
  redrive: ({ organization }) => oneOrAll(organization)
}

export const identityReaches: Reaches<IdentityDriver["Service"]> = {
  // E-mail addresses and usernames are unique in the store; who logs in has not said of which organization they are.
  insertUser: "all",
  findByLogin: "all",
  getUser: "all",
  countUsers: "all",
  defaultOrganization: "all"
}
