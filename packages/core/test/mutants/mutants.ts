import { fileURLToPath } from "node:url"
import type { Mutant } from "./Mutant.ts"
import { paperMutants } from "./papers.ts"
import { stockMutants } from "./stock.ts"

/** All of them; their places here are their numbers, from 1. */
export const mutants: ReadonlyArray<Mutant> = [...stockMutants, ...paperMutants]

export const rulesFolder: string = fileURLToPath(new URL("../../src/rules", import.meta.url))

/** How often a text stands in another. */
export const occurrences = (text: string, find: string): number => text.split(find).length - 1
