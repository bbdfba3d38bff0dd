import { type Mutant, mutant } from "./Mutant.ts"

/** Keys, alerts, policies, and the rules of what takes more than one command. */
export const paperMutants: ReadonlyArray<Mutant> = [
  // Keys and batches.
  mutant("fold.ts", "known.fingerprint === print", "true", "Same key, another command: a conflict"),
  mutant(
    "fold.ts",
    "Result.succeed({ ...known.outcome, replayed: true })",
    "Result.succeed(known.outcome)",
    "A replay says so"
  ),
  mutant("fold.ts", "recorded.set(name, record)", "", "A key is done once within a batch"),
  mutant("fold.ts", "records.push(record)", "", "A key is written down"),
  mutant("fold.ts", "if (item.clock > now) now = item.clock", "{}", "Time does not go back within an item"),
  mutant(
    "fold.ts",
    "(item.version !== version || touched.items.has(item))",
    "item.version !== version",
    "What a batch changed has changed for the rest of it"
  ),
  mutant(
    "fold.ts",
    "for (const [organization, holds] of dueHolds(state, now)) ahead(expiryOf(organization, holds))",
    "",
    "An expired hold blocks nobody"
  ),
  mutant(
    "fold.ts",
    "for (const [organization, items] of lapsedItems(state, now)) ahead",
    "for (const [organization, items] of lapsedItems(state, 0)) ahead",
    "Nothing of an expired batch is sold"
  ),
  mutant(
    "fingerprint.ts",
    "finish(high, low) + finish(high2, low2)",
    "finish(high, high)",
    "Different commands have different fingerprints"
  ),
  mutant("fingerprint.ts", 'text.replace(ignored, "")', "text", "A field that is null is one that was left out"),
  // Alerts.
  mutant(
    "alert.ts",
    "at.available <= at.threshold",
    "at.available < at.threshold",
    "An alert is raised at the threshold"
  ),
  mutant(
    "alert.ts",
    "at.available > at.threshold + (policy?.hysteresis ?? 0)",
    "at.available > at.threshold",
    "An alert clears above the hysteresis"
  ),
  mutant("alert.ts", "if (at.alert)\n", "if (false)\n", "One alert for each crossing"),
  mutant(
    "alert.ts",
    "until !== undefined && until > now",
    "until !== undefined && until < now",
    "No alert while it is snoozed"
  ),
  mutant("alert.ts", "!at.wasLow || until !== undefined", "true", "What never had more has not fallen"),
  mutant("alert.ts", 'alert: turn === "raised" }', "alert: false }", "A narrower alert is raised once"),
  mutant("alert.ts", "(details.expected ?? 0) : 0", "0 : 0", "What is expected counts where the policy says so"),
  mutant(
    "alert.ts",
    "sum += sign * movement.quantity",
    "sum += movement.quantity",
    "A narrower policy sees what goes out"
  ),
  // Policies.
  mutant("policy.ts", "if (owed > negativeLimit) {", "if (false) {", "A limit is not set below what is owed"),
  mutant(
    "policy.ts",
    "if (same(was, is)) return Result.succeed(decision)",
    "",
    "The same policy again changes nothing"
  ),
  mutant(
    "policy.ts",
    "if (value === null) next.delete(field)",
    "if (value === null) continue",
    "A field that is null is taken away"
  ),
  mutant("policy.ts", "item.success.openedAt !== null", "false", "A record is opened once"),
  // Backorders.
  mutant("backorder/progress.ts", "b.priority - a.priority ||", "", "Higher priority is served first"),
  mutant(
    "backorder/progress.ts",
    "a.createdAt - b.createdAt || a.id - b.id",
    "b.id - a.id",
    "Who waits longer is served first"
  ),
  mutant(
    "backorder/place.ts",
    "waiting + missing > limit",
    "missing > limit",
    "No more waits than the limit, all told"
  ),
  mutant(
    "backorder/place.ts",
    "[...queueOf(state, want.item), ...placed",
    "[...queueOf(state, want.item), ...[].concat",
    "Lines of one command share the limit"
  ),
  mutant(
    "backorder/place.ts",
    "policy?.backorderLimit === undefined ? 0",
    "policy?.backorderLimit === undefined ? 1000",
    "Nothing waits unless the policy lets it"
  ),
  mutant(
    "backorder/place.ts",
    "if (document.fingerprint !== print) return",
    "if (false) return",
    "Another request under what waits is a conflict"
  ),
  mutant("backorder/fill.ts", "evolve(scratch, step, now, null)", "", "A unit fills one backorder"),
  mutant("backorder/fill.ts", "filled: filled + plan.found", "filled: plan.found", "What was filled stays filled"),
  mutant(
    "backorder/fill.ts",
    '"available", "reserved", picked.quantity',
    '"available", "committed", picked.quantity',
    "A fill is a hold"
  ),
  mutant(
    "backorder/change.ts",
    "if (requested > waiting) return",
    "if (false) return",
    "No more is cancelled than waits"
  ),
  // Transfers.
  mutant(
    "transfer/request.ts",
    "if (found < line.quantity) return",
    "if (false) return",
    "What is not there is not transferred"
  ),
  mutant("transfer/request.ts", "if (from === to) return", "if (false) return", "A transfer goes somewhere else"),
  mutant(
    "transfer/request.ts",
    "if (!isWithin(to, from, state.locations)) return state",
    "return state",
    "What is at the destination is not sent there"
  ),
  mutant("transfer/dispatch.ts", "if (pending < requested) {", "if (false) {", "No more leaves than was asked for"),
  mutant("transfer/dispatch.ts", "line.committed -= quantity", "", "What has left is no longer at the source"),
  mutant(
    "transfer/receive.ts",
    "if (inTransit < requested) {",
    "if (inTransit + 1 < requested) {",
    "No more arrives than is on its way"
  ),
  mutant("transfer/receive.ts", 'state: "loss" }', 'state: "available" }', "What is lost is lost"),
  mutant("transfer/receive.ts", "quantity: quantity - gone", "quantity", "What is lost does not arrive as well"),
  mutant(
    "transfer/close.ts",
    '{ key: line, state: "available" }, quantity)\n    line.inTransit',
    '{ key: atTransit(transfer, line), state: "available" }, quantity)\n    line.inTransit',
    "What is cancelled comes back to its leaf"
  ),
  mutant(
    "transfer/close.ts",
    'status === "pending" ? null : new TransferNotPending',
    'status !== "" ? null : new TransferNotPending',
    "Only what has not left is completed in one step"
  ),
  mutant(
    "transfer/progress.ts",
    "units.pending + units.inTransit === 0",
    "units.inTransit === 0",
    "A transfer is over when nothing of it is open"
  ),
  // Counts.
  mutant(
    "count/post.ts",
    "command.acceptStale === true ? undefined",
    "true ? undefined",
    "A stale line is not posted unasked"
  ),
  mutant(
    "count/post.ts",
    "missing > available + quarantined",
    "missing > available + quarantined + (leaf?.reserved ?? 0)",
    "What is held is left to who holds it"
  ),
  mutant(
    "count/post.ts",
    "const free = Math.min(missing, available)",
    "const free = Math.max(0, missing - quarantined)",
    "What is missing is taken from available first"
  ),
  mutant(
    "count/record.ts",
    "difference: counted - onHandThen",
    "difference: counted - (before.expected ?? 0)",
    "Posting leaves what moved since"
  ),
  mutant(
    "count/record.ts",
    "moved: onHandThen - (before.onHandThen ?? before.expected ?? 0)",
    "moved: 0",
    "A leaf that moved is stale"
  ),
  mutant(
    "count/record.ts",
    "!isWithin(key.location, count.location, state.locations)",
    "false",
    "A count is of its location"
  ),
  mutant("count/start.ts", "if (onHand(leaf) === 0 || (leaf", "if ((leaf", "Empty leaves are not counted"),
  // Supplies and orders.
  mutant(
    "supply/receive.ts",
    "received + requested <= expected + tolerated",
    "requested <= expected + tolerated",
    "No more comes than was expected, all told"
  ),
  mutant("supply/receive.ts", "/ 100n", "/ 10n", "A tolerance is in per cent"),
  mutant(
    "supply/receive.ts",
    "line.received += receipt.quantity",
    "line.received = receipt.quantity",
    "What came before is counted"
  ),
  mutant(
    "supply/progress.ts",
    "(before === null ? 0 : unitsExpected(before, item))",
    "0",
    "What came is no longer expected"
  ),
  mutant("supply/close.ts", 'if (status !== "open") return', "if (false) return", "A supply is closed once"),
  mutant(
    "order/close.ts",
    'return order.status === "pending"',
    'return order.status !== "completed"',
    "An order is cancelled once"
  ),
  mutant(
    "order/close.ts",
    "if (rest > (leaf?.quarantined ?? 0)) {",
    "if (false) {",
    "What came in must still be there to go back"
  ),
  // Returns and reversals.
  mutant("return.ts", "returned + requested > sold", "requested > sold", "No more comes back than went out"),
  mutant("return.ts", 'original.to !== "customer"', "false", "Only what was sold comes back"),
  mutant("return.ts", 'if (disposition === "scrap") book', "if (false) book", "What is scrapped is gone"),
  mutant("reverse.ts", "before !== null && before.corrected !== null", "false", "A movement is taken back once"),
  mutant(
    "reverse.ts",
    "if (there >= quantity) return null",
    "if (there + 1 >= quantity) return null",
    "What is taken back must still be there"
  ),
  mutant("reverse.ts", "of.returned - original.quantity", "of.returned", "A return that is taken back may come again"),
  // Costs.
  mutant("cost.ts", "if (from === to || ", "if (", "A move within a location costs nothing"),
  mutant(
    "cost.ts",
    "share(toMillionths(cost), quantity, before.quantity)",
    "toMillionths(cost)",
    "A part that comes back costs its part"
  ),
  mutant("cost.ts", "cost = rate * BigInt(quantity)", "cost = rate", "Each unit costs what a unit costs"),
  mutant(
    "cost.ts",
    "else if (before !== null) {\n    cost = before",
    "else if (before !== null) {\n    cost = 0n",
    "What comes back costs what it cost"
  ),
  mutant(
    "cost.ts",
    "if (here.units > 0) return share(here.value, 1, here.units)",
    "",
    "What comes in unpriced costs what is there"
  ),
  // Serials.
  mutant(
    "serials.ts",
    "if (line.serials === undefined || line.serials.length !== line.quantity) return [{ line, index }]",
    "return [{ line, index }]",
    "Units that are named are those that move"
  )
]
