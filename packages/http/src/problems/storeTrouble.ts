import type { StoreError } from "@stockbook/core"

/** What a caller is told of a store that did not do it; `null` where trying again will not help: that is a fault. */
export const storeTrouble = ({ reason }: StoreError): string | null => {
  switch (reason) {
    case "corrupt":
      return null
    case "unknown":
      return "The store did not confirm the request; it may have been carried out"
    default:
      return "The store is not available"
  }
}
