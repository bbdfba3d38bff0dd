import type * as Planner from "../availability/Availability.ts"
import type * as Batches from "../catalog/Batch.ts"
import type { CatalogFigures as Figures } from "../catalog/CatalogFigures.ts"
import type * as Items from "../catalog/Item.ts"
import type * as Kits from "../catalog/Kit.ts"
import type * as Locations from "../catalog/Location.ts"
import type * as Lists from "../catalog/lists.ts"
import type * as Organizations from "../catalog/Organization.ts"
import type * as Partners from "../catalog/Partner.ts"
import type * as Terms from "../catalog/Term.ts"
import type * as Variations from "../catalog/Variation.ts"
import type * as Values from "../costs/valuation.ts"
import type * as Documents from "../documents/Document.ts"
import type { Variance as Counted } from "../documents/variance.ts"
import type * as Arriving from "../ledger/Arrivals.ts"
import type * as Flows from "../ledger/flows.ts"
import type * as Past from "../ledger/History.ts"
import type * as Stocks from "../ledger/levels.ts"
import type { OrderTotals as Totalled } from "../ledger/OrderTotals.ts"
import type * as Projecting from "../ledger/Projections.ts"
import type { ToPromise as Promised } from "../ledger/promise.ts"
import type * as Ordering from "../ledger/Reorders.ts"
import type * as Queries from "../ledger/StockQueries.ts"
import type * as Holds from "../stock/Hold.ts"
import type * as Levels from "../stock/Levels.ts"
import type * as Movements from "../stock/Movement.ts"
import type * as Reasons from "../stock/Reason.ts"
import type * as Serials from "../stock/Serial.ts"
import type { Plain } from "./Plain.ts"

export type { Change, FollowedChange } from "./Changes.ts"
export type * from "./commands/backorders.ts"
export type * from "./commands/corrections.ts"
export type * from "./commands/counts.ts"
export type * from "./commands/items.ts"
export type * from "./commands/orders.ts"
export type * from "./commands/parts.ts"
export type * from "./commands/stock.ts"
export type * from "./commands/supplies.ts"
export type * from "./commands/transfers.ts"
export type { Outcome } from "./Outcome.ts"

/** A tenant. Times are epoch milliseconds. */
export interface Organization extends Plain<Organizations.Organization> {}

/** How many of everything an organization has. */
export interface CatalogFigures extends Plain<Figures> {}

/** A thing that is stocked. Times are epoch milliseconds, amounts exact decimals. */
export interface Item extends Plain<Items.Item> {}
/** An item with its stock over all locations, in units. */
export interface StockedItem extends Plain<Lists.StockedItem> {}
/** What it takes to make an item: a `name`, and what else is known. */
export interface NewItem extends Plain<typeof Items.NewItem.Encoded> {}
/** The fields of an item that change; those left out stay. */
export interface ItemPatch extends Plain<typeof Items.ItemPatch.Encoded> {}
/** Which items, in which order. */
export interface ItemFilter extends Sliced<Lists.ItemFilter> {}

/** One of the forms an item comes in: a size, a colour. */
export interface Variation extends Plain<Variations.Variation> {}
/** A variation with its stock, in units. */
export interface StockedVariation extends Plain<Lists.StockedVariation> {}
/** What it takes to make a variation: a `name`, and what else is known. */
export interface NewVariation extends Plain<typeof Variations.NewVariation.Encoded> {}
/** The fields of a variation that change; those left out stay. */
export interface VariationPatch extends Plain<typeof Variations.VariationPatch.Encoded> {}
/** Which variations. */
export interface VariationFilter extends Sliced<Lists.VariationFilter> {}

/** A lot. Times are epoch milliseconds. */
export interface Batch extends Plain<Batches.Batch> {}
/** A batch with its stock, in units. */
export interface StockedBatch extends Plain<Lists.StockedBatch> {}
/** What it takes to make a batch: a `name`, and what else is known. */
export interface NewBatch extends Plain<typeof Batches.NewBatch.Encoded> {}
/** The fields of a batch that change; those left out stay. */
export interface BatchPatch extends Plain<typeof Batches.BatchPatch.Encoded> {}
/** Which batches. */
export interface BatchFilter extends Sliced<Lists.BatchFilter> {}

/** A warehouse, shop, bin or place of transit. */
export interface Location extends Plain<Locations.Location> {}
/** What it takes to open a location: a `name`, and what else is known. */
export interface NewLocation extends Plain<typeof Locations.NewLocation.Encoded> {}
/** The fields of a location that change; `active: false` closes it. */
export interface LocationPatch extends Plain<typeof Locations.LocationPatch.Encoded> {}
/** Which locations. */
export interface LocationFilter extends Sliced<Lists.LocationFilter> {}

/** A customer or supplier. */
export interface Partner extends Plain<Partners.Partner> {}
/** What it takes to enter a customer or supplier: a `kind`, and what else is known. */
export interface NewPartner extends Plain<typeof Partners.NewPartner.Encoded> {}
/** The fields of a partner that change; those left out stay. */
export interface PartnerPatch extends Plain<typeof Partners.PartnerPatch.Encoded> {}
/** Which customers and suppliers. */
export interface PartnerFilter extends Sliced<Lists.PartnerFilter> {}

/** A group of items. */
export interface Category extends Plain<Terms.Category> {}
/** Who makes an item. */
export interface Brand extends Plain<Terms.Brand> {}
/** What an item is counted in; stock is counted in its smallest part. */
export interface Unit extends Plain<Terms.Unit> {}
/** What it takes to make a category. */
export interface NewCategory extends Plain<typeof Terms.NewCategory.Encoded> {}
/** What it takes to make a brand. */
export interface NewBrand extends Plain<typeof Terms.NewBrand.Encoded> {}
/** What it takes to make a unit of measure. */
export interface NewUnit extends Plain<typeof Terms.NewUnit.Encoded> {}
/** The fields of a category that change. */
export interface CategoryPatch extends Plain<typeof Terms.CategoryPatch.Encoded> {}
/** The fields of a brand that change. */
export interface BrandPatch extends Plain<typeof Terms.BrandPatch.Encoded> {}
/** The fields of a unit of measure that change. */
export interface UnitPatch extends Plain<typeof Terms.UnitPatch.Encoded> {}
/** Which categories, brands or units. */
export interface TermFilter extends Sliced<Lists.TermFilter> {}

/** What goes into one unit of a kit. */
export interface KitComponent extends Plain<Kits.KitComponent> {}

/** Why stock changed. */
export interface Reason extends Plain<Reasons.Reason> {}

/** Units per state. */
export interface StockLevels extends Plain<Levels.Levels> {}
/** What lies at one place, in units. */
export interface Balance extends Plain<Levels.Balance> {}
/** An item's stock at every level, in units. */
export interface ItemStock extends Plain<Stocks.ItemStock> {}
/** One immutable row of the ledger. */
export interface Movement extends Plain<Movements.Movement> {}
/** Stock kept back for someone. Quantities in units, times in epoch milliseconds. */
export interface Hold extends Plain<Holds.Hold> {
  /** `open` while something is held; else what became of it. */
  readonly status: Holds.HoldStatus
}
/** One unit of an item, by its serial number. */
export interface Serial extends Plain<Serials.Serial> {}
/** A transfer, order, expected supply, count, backorder or reversal; told apart by `kind`. */
export type StockDocument = Plain<Documents.StockDocument>
/** What `verify` found. */
export interface Verification extends Plain<Queries.Verification> {}
/** What `rebuild` did, and what is left for a human. */
export interface Rebuilding extends Plain<Projecting.Rebuilding> {}
/** How many orders there are, and what they come to. */
export interface OrderTotals extends Plain<Totalled> {}

/** What an item's stock is worth at cost; amounts are exact decimals. */
export interface ItemValuation extends Plain<Values.ItemValuation> {}
/** What stock is worth at cost. */
export interface Valuation extends Plain<Values.Valuation> {}
/** What goods that went to customers cost. */
export interface CostOfGoods extends Plain<Values.CostOfGoods> {}

/** Units between two kinds of account, by one kind of command. */
export interface Flow extends Plain<Flows.Flow> {}
/** An item's totals right after its last movement. */
export interface ItemMark extends Plain<Flows.ItemMark> {}
/** What an item's stock did in a period. */
export interface MovementStatistics extends Plain<Flows.MovementStatistics> {}
/** An item's account of a period. */
export interface Statement extends Plain<Past.Statement> {}

/** How far what was counted was from what the books said. */
export interface Variance extends Plain<Counted> {}

/** What a line could have now, and from where. Units. */
export interface LineAvailability extends Plain<Planner.LineAvailability> {}
/** Units that are to arrive. */
export interface Arrival extends Plain<Arriving.Arrival> {}
/** What may be promised for an instant, and why. Units. */
export interface ToPromise extends Plain<Promised> {}
/** What to order of an item. Units. */
export interface ReorderSuggestion extends Plain<Ordering.ItemSuggestion> {}

/** A page of a list, and how long the whole list is. */
export interface Listed<Row> {
  readonly rows: ReadonlyArray<Row>
  readonly total: number
}

/** A page of what is told item by item; `next` is where the next one starts, `null` at the end. */
export interface Paged<Row> {
  readonly rows: ReadonlyArray<Row>
  readonly next: number | null
}

/** A filter of one organization: 100 rows from the first when it does not say. */
type Sliced<Filter> = Omit<Plain<Filter>, "organization" | "limit" | "offset"> & {
  /** 1 to 1000; 100 when left out. */
  readonly limit?: number | undefined
  /** Rows to leave out; none when left out. */
  readonly offset?: number | undefined
}
