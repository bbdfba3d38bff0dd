import { Schema } from "effect"

/** Money in an answer, as E's document has it: a number. */
export const MoneyNumber = Schema.Finite

/** An exact amount as the number that is written like it. */
export const moneyNumber = (amount: string): number => Number(amount)
