import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { emptyState, given, givenIn, type Input } from "./given.ts"
import { cancel, complete, dispatch, receive, standing, stocked, transferOf } from "./transferSteps.ts"

describe("a transfer", () => {
  it("holds its stock at the source from the request on, without a hold", () => {
    const requested = given({ _tag: "Receive", lines: [{ item: 1, quantity: 5 }] }).when({
      _tag: "RequestTransfer",
      from: 1,
      to: 2,
      lines: [{ item: 1, quantity: 3 }],
      label: "spring",
      note: "for the shop",
      dueAt: 9000
    })
    expect(requested.moves()).toEqual(["3 available@1 → committed@1"])
    expect(Result.getOrThrow(requested.result).holds).toEqual([])
    expect(transferOf(requested)).toMatchObject({
      status: "pending",
      from: 1,
      to: 2,
      transit: 4,
      items: [1],
      label: "spring",
      note: "for the shop",
      dueAt: 9000,
      createdAt: 1000
    })
  })

  it("goes into transit and arrives in parts, and is completed when nothing is on its way", () => {
    const lines = [{ item: 1, quantity: 2 }] as const
    const first = stocked().when({ ...dispatch, lines })
    expect(first.moves()).toEqual(["2 committed@1 → committed@4"])
    expect(standing(first)).toEqual(["inTransit", 3, 2, 0, 0, 0, 0])
    const part = stocked({ ...dispatch, lines }).when({ ...receive, lines: [{ item: 1, quantity: 1 }] })
    expect(part.moves()).toEqual(["1 committed@4 → available@2"])
    expect(standing(part)).toEqual(["inTransit", 3, 1, 1, 0, 0, 0])
    const all = stocked({ ...dispatch, lines }, receive, dispatch).when(receive, 2000)
    expect(all.moves()).toEqual(["1 committed@4 → available@2", "2 committed@4 → available@2"])
    expect(standing(all)).toEqual(["completed", 0, 0, 5, 0, 0, 0])
    expect(transferOf(all).completedAt).toBe(2000)
  })

  it("stays open while something is still to be dispatched", () => {
    const lines = [{ item: 1, quantity: 3 }] as const
    expect(standing(stocked({ ...dispatch, lines }).when(receive))).toEqual(["inTransit", 2, 0, 3, 0, 0, 0])
  })

  it("records what was lost on the way, and what was found beyond what was sent", () => {
    const arrived = stocked(dispatch).when({
      ...receive,
      lost: [{ item: 1, quantity: 1 }],
      found: [{ item: 2, quantity: 4 }]
    })
    expect(arrived.moves()).toEqual([
      "2 committed@4 → available@2",
      "2 committed@4 → available@2",
      "1 committed@4 → loss",
      "4 adjustment → available@2"
    ])
    expect(standing(arrived)).toEqual(["completed", 0, 0, 4, 1, 0, 4])
    expect(transferOf(arrived).found).toEqual([{ item: 2, variation: null, batch: null, quantity: 4 }])
  })

  it("may lose some while nothing arrives yet", () => {
    const lost = stocked(dispatch).when({ ...receive, lines: [], lost: [{ item: 1, quantity: 3 }] })
    expect(lost.moves()).toEqual(["3 committed@4 → loss"])
    expect(standing(lost)).toEqual(["inTransit", 0, 2, 0, 3, 0, 0])
  })

  it("is completed in one step by two movements a line, out of the source and into the destination", () => {
    const done = stocked().when(complete)
    expect(done.moves()).toEqual([
      "3 committed@1 → committed@4",
      "3 committed@4 → available@2",
      "2 committed@1 → committed@4",
      "2 committed@4 → available@2"
    ])
    expect(standing(done)).toEqual(["completed", 0, 0, 5, 0, 0, 0])
    const movements = Result.getOrThrow(done.result).movements
    expect(movements.map(({ details, reference }) => [details?.document, reference])).toEqual(
      movements.map(() => [transferOf(done).id, "T"])
    )
  })

  it("says the command's own reference on its movements when it has one", () => {
    const done = stocked().when({ ...complete, reference: "TRANSFER-7" })
    expect(Result.getOrThrow(done.result).movements.map(({ reference }) => reference)).toEqual(
      Array.from({ length: 4 }, () => "TRANSFER-7")
    )
    expect(transferOf(done).reference).toBe("T")
  })

  it("puts everything back at the source when it is cancelled before it leaves", () => {
    const cancelled = stocked().when({ ...cancel, pendingOnly: true })
    expect(cancelled.moves()).toEqual(["3 committed@1 → available@1", "2 committed@1 → available@1"])
    expect(standing(cancelled)).toEqual(["cancelled", 0, 0, 0, 0, 5, 0])
  })

  it("brings back what is on its way when it is cancelled, and leaves what has arrived", () => {
    const lines = [{ item: 1, quantity: 2 }] as const
    const arrived = { ...receive, lines: [{ item: 1, quantity: 1 }] } as const
    const cancelled = stocked({ ...dispatch, lines }, arrived).when(cancel)
    expect(cancelled.moves()).toEqual([
      "1 committed@1 → available@1",
      "2 committed@1 → available@1",
      "1 committed@4 → available@1"
    ])
    expect(standing(cancelled)).toEqual(["cancelled", 0, 0, 1, 0, 4, 0])
  })

  it("keeps variations and batches all the way, one item in several lines", () => {
    const line = (variation: number, batch: number, quantity: number) => ({ item: 1, variation, batch, quantity })
    const mixed = (...then: ReadonlyArray<Input>) =>
      given(
        { _tag: "Receive", lines: [line(1, 1, 2), line(1, 7, 2), line(2, 1, 2)] },
        {
          _tag: "RequestTransfer",
          reference: "T",
          from: 1,
          to: 2,
          lines: [
            { item: 1, variation: 1, quantity: 3 },
            { item: 1, quantity: 2 }
          ]
        },
        ...then
      )
    const done = mixed(dispatch).when(receive)
    expect(done.moves().toSorted()).toEqual([
      "1 committed@4 v1 b7 → available@2 v1 b7",
      "1 committed@4 v1 b7 → available@2 v1 b7",
      "1 committed@4 v2 b1 → available@2 v2 b1",
      "2 committed@4 v1 b1 → available@2 v1 b1"
    ])
    const part = mixed(dispatch).when({ ...receive, lines: [{ item: 1, variation: 2, quantity: 1 }] })
    expect(part.moves()).toEqual(["1 committed@4 v2 b1 → available@2 v2 b1"])
  })

  it("takes stock at its source only, wherever else there is some", () => {
    const refused = stocked({ _tag: "Receive", lines: [{ item: 1, quantity: 50, location: 2 }] }).when({
      _tag: "RequestTransfer",
      from: 1,
      to: 2,
      lines: [{ item: 1, quantity: 3 }]
    })
    expect(refused.rejection()).toMatchObject({
      _tag: "InsufficientStock",
      level: "location",
      location: 1,
      available: 2,
      requested: 3,
      line: 0
    })
  })

  it("takes stock of bins within its source, sold from or not, but none that is at its destination already", () => {
    const lines = [5, 6, 7].map((location) => ({ item: 1, quantity: 2, location }))
    const [first, ...rest] = lines
    if (first === undefined) throw new Error("No lines")
    const binned = given({ _tag: "Receive", lines: [first, ...rest] })
    const putAway = binned.when({ _tag: "RequestTransfer", from: 2, to: 6, lines: [{ item: 1, quantity: 2 }] })
    expect(putAway.moves()).toEqual(["2 available@5 → committed@5"])
    const tooMuch = binned.when({ _tag: "RequestTransfer", from: 2, to: 6, lines: [{ item: 1, quantity: 3 }] })
    expect(tooMuch.rejection()).toMatchObject({ _tag: "InsufficientStock", available: 2, requested: 3 })
    const out = binned.when({ _tag: "RequestTransfer", from: 6, to: 2, lines: [{ item: 1, quantity: 4 }] })
    expect(out.moves().toSorted()).toEqual(["2 available@6 → committed@6", "2 available@7 → committed@7"])
  })

  it.each([
    ["arrives", receive, "3 committed@4 b10 → quarantined@2 b10"],
    ["goes back", cancel, "3 committed@4 b10 → quarantined@1 b10"]
  ] as const)("%s in quarantine when its batch expired on the way", (_, command, moved) => {
    const state = emptyState({ 10: { expiresAt: 5000 } })
    const sent = givenIn(
      state,
      { _tag: "Receive", lines: [{ item: 1, quantity: 3, batch: 10 }] },
      { _tag: "RequestTransfer", reference: "T", from: 1, to: 2, lines: [{ item: 1, quantity: 3 }] },
      dispatch
    )
    expect(sent.when(command, 4999).moves()).toEqual([moved.replace("quarantined", "available")])
    expect(sent.when(command, 5000).moves()).toEqual([moved])
  })

  it("is requested once for one reference and request", () => {
    const request = {
      _tag: "RequestTransfer",
      reference: "T",
      from: 1,
      to: 2,
      lines: [
        { item: 1, quantity: 3 },
        { item: 2, quantity: 2 }
      ]
    } as const
    const again = Result.getOrThrow(stocked(dispatch).when(request).result)
    expect([again.movements, again.documents]).toEqual([[], []])
    expect(again.existing).toMatchObject([{ kind: "transfer", reference: "T", status: "inTransit" }])
    const other = stocked().when({ ...request, lines: [{ item: 1, quantity: 1 }] })
    expect(other.rejection()).toMatchObject({ _tag: "ReferenceConflict", reference: "T", hold: null, document: 3 })
  })

  it("tells what it was and what it now is, in an event for each step", () => {
    const events = (when: Parameters<typeof transferOf>[0]) => Result.getOrThrow(when.result).events
    expect(events(stocked().when(dispatch))).toMatchObject([
      {
        event: {
          _tag: "TransferChanged",
          reference: "T",
          from: 1,
          to: 2,
          before: { status: "pending", pending: 5, inTransit: 0 },
          after: { status: "inTransit", pending: 0, inTransit: 5 }
        }
      }
    ])
    const requested = given({ _tag: "Receive", lines: [{ item: 1, quantity: 1 }] }).when({
      _tag: "RequestTransfer",
      from: 1,
      to: 2,
      lines: [{ item: 1, quantity: 1 }]
    })
    expect(events(requested)).toMatchObject([{ event: { before: null, after: { status: "pending", pending: 1 } } }])
  })
})
