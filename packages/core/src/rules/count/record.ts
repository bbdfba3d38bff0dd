import { Result } from "effect"
import type { CountLine } from "../../documents/Count.ts"
import type { CommandOf } from "../../stock/Command.ts"
import { maxLines } from "../../stock/commands/parts.ts"
import type { Rejection } from "../../stock/Rejection.ts"
import { CountTooLarge, OutsideCount } from "../../stock/rejections/counts.ts"
import { isWithin, type Selector } from "../../stock/StockKey.ts"
import { landing } from "../book.ts"
import { type Decision, emptyDecision } from "../Decision.ts"
import { checkPlaces, findItem } from "../guard.ts"
import { leafName, type StockState } from "../State.ts"
import { findOpenCount, onHandAt, putCount, uncounted } from "./progress.ts"

/**
 * RecordCount: each leaf keeps what was counted, beside what the books say at that moment; the difference of the two is
 * what posting will change. A leaf that moved since the count began, or since it was last counted, is stale.
 */
export const decideRecordCount = (
  state: StockState,
  command: CommandOf<"RecordCount">,
  now: number
): Result.Result<Decision, Rejection> => {
  const { organization } = command
  const found = findOpenCount(state, organization, command.count)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const count = found.success
  const place = count.location === null ? {} : { location: count.location }
  const selectors = command.lines.map(({ counted: _, ...selector }): Selector => ({ ...place, ...selector }))
  const defaultLocation = checkPlaces(state, organization, selectors)
  if (Result.isFailure(defaultLocation)) return Result.fail(defaultLocation.failure)

  const lines = new Map<string, CountLine>(count.lines.map((line) => [nameOf(line), line]))
  for (const [index, selector] of selectors.entries()) {
    const item = findItem(state, organization, selector.item)
    if (Result.isFailure(item)) return Result.fail(item.failure)
    const key = landing(item.success, selector, defaultLocation.success)
    if (count.location !== null && !isWithin(key.location, count.location, state.locations)) {
      return Result.fail(new OutsideCount({ count: count.id, location: key.location, line: index }))
    }
    const before = lines.get(nameOf(key)) ?? uncounted(key, lines.size, 0)
    const counted = command.lines[index]?.counted ?? 0
    const onHandThen = onHandAt(state, key)
    lines.set(nameOf(key), {
      ...before,
      counted,
      onHandThen,
      difference: counted - onHandThen,
      moved: onHandThen - (before.onHandThen ?? before.expected ?? 0),
      countedAt: now,
      countedBy: command.actor ?? null
    })
  }
  if (lines.size > maxLines) return Result.fail(new CountTooLarge({ lines: lines.size, limit: maxLines }))
  const decision = emptyDecision(state)
  const all = Array.from(lines.values())
  putCount(decision, count, {
    ...count,
    lines: all,
    items: Array.from(new Set([...count.items, ...all.map(({ item }) => item)])),
    updatedAt: now
  })
  return Result.succeed(decision)
}

const nameOf = ({ item, location, variation, batch }: Pick<CountLine, "item" | "location" | "variation" | "batch">) =>
  `${item}/${leafName(location, variation, batch)}`
