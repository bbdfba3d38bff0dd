import { svg, units } from "./dom.js"

const WIDTH = 720
const HEIGHT = 260
const LEFT = 64
const RIGHT = 12
const TOP = 12
const BOTTOM = 32

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" })

/**
 * What was available and on hand after each movement, as steps over time. The lines differ in their dashes too, not in
 * colour alone; the table beside it says the same.
 */
export const chart = (name, rows) => {
  const points = rows.map((row) => ({
    at: Date.parse(row.at),
    available: row.available_after,
    onHand: row.on_hand_after
  }))
  const first = points.at(0)?.at ?? 0
  const last = points.at(-1)?.at ?? 0
  const values = points.flatMap(({ available, onHand }) => [available, onHand])
  const low = Math.min(0, ...values)
  const high = Math.max(1, ...values)
  const x = (at) => LEFT + ((at - first) / Math.max(1, last - first)) * (WIDTH - LEFT - RIGHT)
  const y = (value) => TOP + ((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM)
  const steps = (key) =>
    points
      .map((point, index) => (index === 0 ? `M${x(point.at)},${y(point[key])}` : `H${x(point.at)}V${y(point[key])}`))
      .join("")
  const line = (value) => svg("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) })
  const label = (value) => svg("text", { x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, units(value))
  const marks = [...new Set([low, Math.round((low + high) / 2), high])]
  const from = dates.format(first)
  const until = dates.format(last)
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-labelledby": "chart-title chart-says" },
    svg("title", { id: "chart-title" }, `Stock of ${name} over time`),
    svg(
      "desc",
      { id: "chart-says" },
      `${points.length} movements from ${from} to ${until}. Available went from ${units(points.at(0)?.available ?? 0)} to ` +
        `${units(points.at(-1)?.available ?? 0)}, on hand from ${units(points.at(0)?.onHand ?? 0)} to ${units(points.at(-1)?.onHand ?? 0)}.`
    ),
    ...marks.flatMap((value) => [line(value), label(value)]),
    svg("text", { x: LEFT, y: HEIGHT - 8 }, from),
    svg("text", { x: WIDTH - RIGHT, y: HEIGHT - 8, "text-anchor": "end" }, until),
    svg("path", { class: "on-hand", d: steps("onHand") }),
    svg("path", { class: "available", d: steps("available") })
  )
}
