import { byId, el, figure, replace, units } from "./dom.js"
import { read } from "./session.js"

const PAGE = 20
let page = 1
let known = new Map()

const levels = (row) => [row.on_hand, row.available, row.reserved, row.committed, row.quarantined].map(figure)

/** The locations to choose from. */
export const showLocations = async () => {
  const chosen = byId("location").value
  const options = [el("option", { value: "" }, "All locations")]
  for (let at = 1; ; at++) {
    const { items, total_pages } = await read(`/api/v1/warehouses/?page_size=100&page=${at}`).catch(() => none)
    options.push(...items.map(({ id, name }) => el("option", { value: String(id) }, name)))
    if (at >= total_pages) break
  }
  byId("location").replaceChildren(...options)
  byId("location").value = chosen
}

/** Where the API that lists locations is not served there is nothing to choose. */
const none = { items: [], total_pages: 0 }

/** A page of the stock: a row for each item, and one for each of its locations. */
export const showStock = async (open) => {
  const query = new URLSearchParams({ page: String(page), page_size: String(PAGE), search: byId("search").value })
  if (byId("location").value !== "") query.set("warehouse_id", byId("location").value)
  const { items, total, total_pages } = await read(`/overview/stock?${query}`)
  if (page > 1 && items.length === 0) {
    page = Math.max(1, total_pages)
    return showStock(open)
  }
  const rows = items.flatMap((item) => {
    const before = known.get(item.product_id)
    const now = JSON.stringify(item)
    const changed = before !== undefined && before !== now
    known.set(item.product_id, now)
    const button = el(
      "button",
      {
        type: "button",
        class: "link",
        "data-key": `item ${item.product_id}`,
        click: () => open(item.product_id)
      },
      item.product_name
    )
    const low = item.is_low_stock ? el("span", { class: "badge" }, "low") : null
    return [
      el(
        "tr",
        { class: changed ? "item changed" : "item" },
        el("th", { scope: "row" }, button, low),
        el("td", {}, item.product_sku ?? ""),
        ...levels(item)
      ),
      ...item.by_warehouse.map((at) =>
        el("tr", { class: "place" }, el("th", { scope: "row" }, at.warehouse_name), el("td"), ...levels(at))
      )
    ]
  })
  if (rows.length === 0) rows.push(el("tr", {}, el("td", { colspan: "7" }, "Nothing found.")))
  replace(byId("stock-rows"), ...rows)
  byId("stock-page").textContent = `Page ${page} of ${Math.max(1, total_pages)}, ${units(total)} items`
  byId("stock-back").disabled = page <= 1
  byId("stock-on").disabled = page >= total_pages
}

/** Lets the user search and turn pages. */
export const wireStock = (show) => {
  let typing
  const anew = () => {
    page = 1
    known = new Map()
    show()
  }
  byId("search").addEventListener("input", () => {
    clearTimeout(typing)
    typing = setTimeout(anew, 250)
  })
  byId("location").addEventListener("change", anew)
  byId("find").addEventListener("submit", (event) => {
    event.preventDefault()
    clearTimeout(typing)
    anew()
  })
  byId("stock-back").addEventListener("click", () => {
    page -= 1
    show()
  })
  byId("stock-on").addEventListener("click", () => {
    page += 1
    show()
  })
}

/** What is at or below its threshold, the first hundred by name. */
export const showLow = async (open) => {
  const { items, total } = await read("/overview/stock?low_stock=true&page_size=100")
  const cards = items.map((item) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "link", "data-key": `low ${item.product_id}`, click: () => open(item.product_id) },
        item.product_name
      ),
      el(
        "p",
        {},
        el("strong", {}, units(item.available)),
        ` available, threshold ${units(item.low_stock_threshold ?? 0)}`
      )
    )
  )
  byId("low-count").textContent = total === 0 ? "Nothing is low." : `${units(total)} low`
  replace(byId("low-items"), ...cards)
}
