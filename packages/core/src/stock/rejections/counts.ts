import { Schema } from "effect"

const Nullable = Schema.NullOr(Schema.Number)

/** The organization has no such count. */
export class UnknownCount extends Schema.TaggedError<UnknownCount>()("UnknownCount", {
  count: Nullable,
  reference: Schema.NullOr(Schema.String)
}) {
  override get message() {
    return `Count ${this.count ?? `"${this.reference}"`} not found`
  }
}

/** The count was posted or cancelled: it takes nothing more. */
export class CountClosed extends Schema.TaggedError<CountClosed>()("CountClosed", {
  count: Schema.Number,
  reference: Schema.NullOr(Schema.String),
  status: Schema.Literals(["posted", "cancelled"])
}) {
  override get message() {
    return `Count ${this.count} is ${this.status}`
  }
}

/** There is nothing to count: nothing is on hand of what the count names. */
export class NothingToCount extends Schema.TaggedError<NothingToCount>()("NothingToCount", { location: Nullable }) {
  override get message() {
    return "Nothing of what is to be counted is on hand"
  }
}

/** More leaves than one count takes; count in parts. */
export class CountTooLarge extends Schema.TaggedError<CountTooLarge>()("CountTooLarge", {
  lines: Schema.Number,
  limit: Schema.Number
}) {
  override get message() {
    return `A count has at most ${this.limit} lines`
  }
}

/** What was counted lies outside of where the count is. */
export class OutsideCount extends Schema.TaggedError<OutsideCount>()("OutsideCount", {
  count: Schema.Number,
  location: Schema.Number,
  line: Schema.Number
}) {
  override get message() {
    return `Location ${this.location} is not within the location of count ${this.count}`
  }
}

/**
 * A leaf moved between the count's beginning, or when it was counted before, and its counting, so what was counted may
 * be of before or after. Units on hand: `expected` when the count began, `now` when it was counted, and how many `moved`.
 */
export class StaleCountLine extends Schema.TaggedError<StaleCountLine>()("StaleCountLine", {
  count: Schema.Number,
  line: Schema.Number,
  item: Schema.Number,
  variation: Nullable,
  batch: Nullable,
  location: Schema.Number,
  expected: Schema.Number,
  now: Schema.Number,
  moved: Schema.Number,
  counted: Schema.Number
}) {
  override get message() {
    return `Line ${this.line} moved by ${this.moved} before it was counted: count it again, or accept it`
  }
}

/**
 * More is missing than lies there free: the rest is held (by the holds named, the newest first, at most fifty, or for a
 * document), or has gone since it was counted. Units.
 */
export class CountShortage extends Schema.TaggedError<CountShortage>()("CountShortage", {
  count: Schema.Number,
  line: Schema.Number,
  item: Schema.Number,
  variation: Nullable,
  batch: Nullable,
  location: Schema.Number,
  missing: Schema.Number,
  available: Schema.Number,
  quarantined: Schema.Number,
  reserved: Schema.Number,
  committed: Schema.Number,
  holds: Schema.Array(Schema.Number)
}) {
  override get message() {
    return `${this.missing} units are missing, but only ${this.available + this.quarantined} are not on hold`
  }
}

/** Why a command about a count was refused. */
export type CountRejection =
  | UnknownCount
  | CountClosed
  | NothingToCount
  | CountTooLarge
  | OutsideCount
  | StaleCountLine
  | CountShortage
