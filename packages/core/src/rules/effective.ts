import type { SingleCommand } from "../stock/Command.ts"
import { EffectiveInFuture } from "../stock/rejections/history.ts"

/** How far a caller's clock may be ahead of the store's, milliseconds. */
export const clockTolerance = 300_000

/** Refuses a business date that has not come yet. */
export const checkEffective = (command: SingleCommand, now: number): EffectiveInFuture | null => {
  const effectiveAt = "effectiveAt" in command ? (command.effectiveAt ?? null) : null
  return effectiveAt !== null && effectiveAt > now + clockTolerance ? new EffectiveInFuture({ effectiveAt, now }) : null
}
