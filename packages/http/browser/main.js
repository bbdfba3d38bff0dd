import { byId, units } from "./dom.js"
import { follow } from "./events.js"
import { closeHistory, openHistory, showHistory, wireHistory } from "./history.js"
import { showHolds, wireHolds } from "./holds.js"
import { keepToken, onHandedToken, read, SignedOut, signIn } from "./session.js"
import { showLocations, showLow, showStock, wireStock } from "./stock.js"

/** What happens in bursts is shown once. */
const GATHER = 300

const login = document.documentElement.dataset.login
let stop = null

const states = {
  live: "Live",
  connecting: "Connecting again…",
  forbidden: "Not live: your role does not show events"
}

const complain = (error) => {
  if (error instanceof SignedOut) return ended("Your session has ended. Sign in again.")
  byId("trouble").textContent = error instanceof Error ? error.message : String(error)
}

/** Runs it, and says what went wrong. */
const trying = (work) => async () => {
  try {
    await work()
    byId("trouble").textContent = ""
  } catch (error) {
    complain(error)
  }
}

const open = (product) => trying(() => openHistory(product))()
const stock = trying(() => showStock(open))
const holds = trying(showHolds)
const all = trying(() =>
  Promise.all([showLocations().then(() => showStock(open)), showLow(open), showHolds(), showHistory()])
)
const changed = trying(() => Promise.all([showStock(open), showLow(open), showHolds(), showHistory()]))

/** What is said aloud of what happened: one thing as such, many as how many. */
const spoken = (events) => {
  const low = events.filter(({ type }) => type === "low_stock").length
  const moved = events.flatMap(({ movement }) => movement ?? [])
  const [only] = moved
  const moves =
    moved.length === 1
      ? `${only.cause}: ${units(only.quantity)} units, ${units(only.available_after)} available`
      : `${units(moved.length)} movements`
  return [moved.length === 0 ? null : moves, low === 0 ? null : `${units(low)} items became low`]
    .filter((part) => part !== null)
    .join("; ")
}

let gathered = []
let timer = null
const happened = (events) => {
  gathered.push(...events)
  if (timer !== null) return
  timer = setTimeout(async () => {
    timer = null
    const told = gathered
    gathered = []
    await changed()
    const text = spoken(told)
    if (text !== "") byId("news").textContent = text
  }, GATHER)
}

const begin = () => {
  stop?.()
  byId("sign-in").hidden = true
  byId("board").hidden = false
  byId("sign-out").hidden = login === undefined
  void all()
  stop = follow({
    events: happened,
    state: (state) => {
      byId("state").textContent = states[state]
      byId("state").dataset.state = state
    },
    expired: () => complain(new SignedOut())
  })
}

/** Back to the sign-in, with nothing of the stock left on the page. */
const ended = (why) => {
  stop?.()
  stop = null
  keepToken(null)
  closeHistory()
  byId("board").hidden = true
  byId("sign-out").hidden = true
  for (const id of ["stock-rows", "low-items", "hold-rows", "history-rows", "history-chart"]) byId(id).replaceChildren()
  byId("state").textContent = ""
  byId("news").textContent = ""
  byId("trouble").textContent = ""
  byId("sign-in").hidden = false
  byId("sign-in-says").textContent = why
  byId(login === undefined ? "sign-in-heading" : "username").focus()
}

byId("sign-in-form").addEventListener("submit", async (event) => {
  event.preventDefault()
  byId("sign-in-says").textContent = ""
  try {
    await signIn(login, byId("username").value, byId("password").value)
    byId("password").value = ""
    begin()
    byId("board-heading").focus()
  } catch (error) {
    byId("sign-in-says").textContent = error instanceof Error ? error.message : String(error)
    byId("password").focus()
  }
})
byId("sign-out").addEventListener("click", () => ended("You have signed out."))
byId("sign-in-form").hidden = login === undefined
byId("sign-in-host").hidden = login !== undefined
wireStock(stock)
wireHolds(holds)
wireHistory()
onHandedToken(begin)

// A token that was kept, or what the host knows its users by.
try {
  await read("/overview/stock?page_size=1")
  begin()
} catch (error) {
  if (error instanceof SignedOut) ended("")
  else {
    ended("")
    byId("sign-in-says").textContent = error instanceof Error ? error.message : String(error)
  }
}
