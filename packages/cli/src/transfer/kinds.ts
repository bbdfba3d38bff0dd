/** What can be brought in from a file. */
export const importKinds = ["items", "stock", "movements"] as const
export type ImportKind = (typeof importKinds)[number]

/** How the text of a column is read. */
export type ColumnType = "text" | "integer" | "price" | "cost" | "boolean" | "instant"

/** The columns a file may have; those it must have come first, with `required` as their number. */
export interface Columns {
  readonly types: Readonly<Record<string, ColumnType>>
  readonly required: ReadonlyArray<string>
}

const place = { sku: "text", variation: "text", batch: "text", location: "text", quantity: "integer" } as const

/** The columns of each kind of file. */
export const columnsOf: Readonly<Record<ImportKind, Columns>> = {
  items: {
    types: {
      sku: "text",
      name: "text",
      barcode: "text",
      description: "text",
      note: "text",
      kind: "text",
      unitPrice: "price",
      unitCost: "cost",
      unit: "text",
      category: "text",
      brand: "text",
      hasBatches: "boolean",
      lowStockThreshold: "integer"
    },
    required: ["sku", "name"]
  },
  stock: {
    types: { ...place, unitCost: "cost", reference: "text", note: "text" },
    required: ["sku", "quantity"]
  },
  movements: {
    types: {
      type: "text",
      ...place,
      unitCost: "cost",
      reason: "text",
      reference: "text",
      note: "text",
      effectiveAt: "instant"
    },
    required: ["type", "sku", "quantity"]
  }
}
