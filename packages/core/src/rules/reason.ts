import type { OrganizationId } from "../catalog/Organization.ts"
import { isBuiltIn } from "../stock/Reason.ts"
import { UnknownReason } from "../stock/rejections/adjusting.ts"
import { type StockState, scopedName } from "./State.ts"

/** Refuses a reason that neither everybody knows nor the organization has. */
export const checkReason = (
  state: StockState,
  organization: OrganizationId,
  reason: string | null | undefined
): UnknownReason | null =>
  reason === undefined || reason === null || isBuiltIn(reason) || state.reasons.has(scopedName(organization, reason))
    ? null
    : new UnknownReason({ reason })
