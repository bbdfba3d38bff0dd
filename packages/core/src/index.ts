// The store in memory stands apart from all else, so that bundles of those who have another store leave it out.
export * from "./library.ts"
export { openStockbook } from "./promises/openStockbook.ts"
export * as MemoryStore from "./store/memory/MemoryStore.ts"
