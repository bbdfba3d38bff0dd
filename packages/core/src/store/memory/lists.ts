import type { Listed } from "../../catalog/lists.ts"

/** Whether one of the texts contains the other, ignoring ASCII case. */
export const contains = (texts: ReadonlyArray<string | null>, search: string): boolean =>
  texts.some((text) => text !== null && lowered(text).includes(lowered(search)))

const lowered = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** A page of all the rows, and how many they are. */
export const listed = <Row>(
  rows: ReadonlyArray<Row>,
  { offset, limit }: { readonly offset: number; readonly limit: number }
): Listed<Row> => ({ rows: rows.slice(offset, offset + limit), total: rows.length })
