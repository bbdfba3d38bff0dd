export type { PgStoreConfig } from "./client/connect.ts"
export * as PgStore from "./PgStore.ts"
export { NewerSchema } from "./schema/NewerSchema.ts"
export * as PgMigrations from "./schema/PgMigrations.ts"
