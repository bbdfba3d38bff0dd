export * as PgStore from "./PgStore.ts"
export * as PgRetention from "./retention/PgRetention.ts"
export { NewerSchema } from "./schema/NewerSchema.ts"
export * as PgMigrations from "./schema/PgMigrations.ts"
