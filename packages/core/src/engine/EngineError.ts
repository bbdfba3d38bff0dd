import { Schema } from "effect"
import type { Rejection } from "../stock/Rejection.ts"
import type { StoreError } from "../store/StoreError.ts"

/** More commands wait than the engine takes in. Nothing was done; try again later. */
export class Overloaded extends Schema.TaggedError<Overloaded>()("Overloaded", { capacity: Schema.Number }) {
  override get message() {
    return `${this.capacity} commands are waiting already`
  }
}

/** The engine is shutting down and takes in nothing more. Nothing was done. */
export class EngineClosed extends Schema.TaggedError<EngineClosed>()("EngineClosed", {}) {
  override get message() {
    return "The engine is shutting down"
  }
}

/** Why a command was not carried out: refused by a rule, or not taken in, or not stored. */
export type CommandError = Rejection | Overloaded | EngineClosed | StoreError
