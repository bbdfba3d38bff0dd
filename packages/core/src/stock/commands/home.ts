import { Schema } from "effect"
import { ItemId } from "../../catalog/Item.ts"
import { LocationId } from "../../catalog/Location.ts"
import { context } from "./parts.ts"

/**
 * Gives an item a location of its own in place of the organization's default one: stock that is added without a location
 * lands there, and stock there is picked first of what the pick order leaves equal. `null` takes it away. Stock stays
 * where it is. While the location is closed, the default one stands in.
 */
export const SetHome = Schema.TaggedStruct("SetHome", { ...context, item: ItemId, location: Schema.NullOr(LocationId) })
