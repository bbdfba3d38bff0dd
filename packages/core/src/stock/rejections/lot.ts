import { Schema } from "effect"

/** The item has no such variation. */
export class UnknownVariation extends Schema.TaggedError<UnknownVariation>()("UnknownVariation", {
  item: Schema.Number,
  variation: Schema.Number
}) {
  override get message() {
    return `Variation ${this.variation} of item ${this.item} not found`
  }
}

/** The variation is deleted: what is held of it may be settled, nothing new may be moved. */
export class InactiveVariation extends Schema.TaggedError<InactiveVariation>()("InactiveVariation", {
  item: Schema.Number,
  variation: Schema.Number
}) {
  override get message() {
    return `Variation ${this.variation} of item ${this.item} is not active`
  }
}

/** The item has no such batch, or the batch is another variation's. */
export class UnknownBatch extends Schema.TaggedError<UnknownBatch>()("UnknownBatch", {
  item: Schema.Number,
  variation: Schema.NullOr(Schema.Number),
  batch: Schema.Number
}) {
  override get message() {
    const of = this.variation === null ? `item ${this.item}` : `variation ${this.variation} of item ${this.item}`
    return `Batch ${this.batch} of ${of} not found`
  }
}

/** The batch is deleted: what is held of it may be settled, nothing new may be moved. */
export class InactiveBatch extends Schema.TaggedError<InactiveBatch>()("InactiveBatch", {
  item: Schema.Number,
  batch: Schema.Number
}) {
  override get message() {
    return `Batch ${this.batch} of item ${this.item} is not active`
  }
}

const barred = {
  item: Schema.Number,
  batch: Schema.Number,
  /** The hold that keeps it; `null` when no hold is concerned. */
  hold: Schema.NullOr(Schema.Number),
  requested: Schema.Number,
  /** Other, good stock there is to take its place. */
  available: Schema.Number
}

/** The batch is expired, and there is too little other stock to take its place. Units. */
export class BatchExpired extends Schema.TaggedError<BatchExpired>()("BatchExpired", barred) {
  override get message() {
    return `Batch ${this.batch} of item ${this.item} is expired`
  }
}

/** The batch is quarantined, and there is too little other stock to take its place. Units. */
export class BatchQuarantined extends Schema.TaggedError<BatchQuarantined>()("BatchQuarantined", barred) {
  override get message() {
    return `Batch ${this.batch} of item ${this.item} is quarantined`
  }
}

/** Why a command was refused for what it says of variations and batches. */
export type LotRejection =
  | UnknownVariation
  | InactiveVariation
  | UnknownBatch
  | InactiveBatch
  | BatchExpired
  | BatchQuarantined
