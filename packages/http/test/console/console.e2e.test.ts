import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { MemoryStore } from "@stockbook/core"
import axe from "axe-core"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { newProduct, openWorld, type World } from "../conformance/world.ts"
import { findChromium, launch } from "./browser.ts"

const chromium = findChromium()
if (chromium === null) {
  console.warn("NO BROWSER: the console was not tested in one. Install Chromium, or say in CHROMIUM_PATH where it is.")
}
/** Ignored by git; what the pages looked like in the last run. */
const screenshots = join(import.meta.dirname, "..", "..", "..", "..", ".cache", "screenshots")

describe.skipIf(chromium === null)("the console in Chromium", () => {
  let world: World
  let browser: Browser
  let lamp: number
  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true })
    world = await openWorld(MemoryStore.layer)
    lamp = (await newProduct(world.admin, { name: "Lamp" })).id
    await world.admin.post("/api/v1/inventory", { product_id: lamp, available_quantity: 100, reorder_threshold: 95 })
    const chair = (await newProduct(world.admin, { name: "Chair" })).id
    await world.admin.post("/api/v1/inventory", { product_id: chair, available_quantity: 3, reorder_threshold: 5 })
    const body = { product_id: lamp, quantity: 2, order_id: "ORD-1", expires_in: 600 }
    await world.admin.post("/api/v1/inventory/reserve", body)
    browser = await launch(chromium ?? "")
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  const visit = async (options: BrowserContextOptions = {}, path = "/console"): Promise<Page> => {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    await page.goto(`${world.server.url}${path}`)
    return page
  }
  const signIn = async (page: Page, username = "admin") => {
    await page.getByLabel("User name or e-mail").fill(username)
    await page.getByLabel("Password").fill("correct horse")
    await page.getByRole("button", { name: "Sign in" }).click()
    await page.getByRole("heading", { name: "What there is" }).waitFor()
  }
  const rowOf = (page: Page, name: string) => page.locator("#stock-rows tr.item").filter({ hasText: name })
  const cells = async (page: Page, name: string) => rowOf(page, name).locator("td.figure").allTextContents()

  /** What axe finds that keeps people out. */
  const serious = async (page: Page): Promise<ReadonlyArray<string>> => {
    // Run by the debugger, which the page's policy does not bind.
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate<AxeResults>("axe.run()")
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)
  }

  it("asks who one is, refuses a wrong password, and shows the stock to the right one", async () => {
    const page = await visit()
    const problems: Array<string> = []
    page.on("console", (message) => {
      if (message.type() === "error" && !/401/.test(message.text())) problems.push(message.text())
    })
    page.on("pageerror", (error) => problems.push(error.message))
    await page.getByLabel("User name or e-mail").fill("admin")
    await page.getByLabel("Password").fill("a wrong one")
    await page.getByRole("button", { name: "Sign in" }).click()
    await page.getByText("Incorrect email or password").waitFor()
    expect(await serious(page)).toEqual([])
    await page.screenshot({ path: join(screenshots, "sign-in.png") })
    await signIn(page)
    await expect.poll(() => cells(page, "Lamp")).toEqual(["100", "98", "2", "0", "0"])
    const place = page.locator("#stock-rows tr.place").filter({ hasText: "Main Warehouse" }).first()
    expect(await place.locator("td.figure").count()).toBe(5)
    await page.getByText("ORD-1").waitFor()
    expect(await page.locator("#low-items").getByText("Chair").count()).toBe(1)
    await page.getByText("Live", { exact: true }).waitFor()
    expect(await serious(page)).toEqual([])
    await page.screenshot({ path: join(screenshots, "console.png"), fullPage: true })
    expect(problems).toEqual([])
    await page.context().close()
  })

  it("shows what is reserved elsewhere as it happens, and says so", async () => {
    const page = await visit()
    await signIn(page)
    await page.getByText("Live", { exact: true }).waitFor()
    const [, available = "", reserved = ""] = await cells(page, "Lamp")
    await world.admin.post("/api/v1/inventory/reserve", {
      product_id: lamp,
      quantity: 5,
      order_id: "LIVE",
      expires_in: 60
    })
    await expect
      .poll(() => cells(page, "Lamp"), { timeout: 15_000 })
      .toEqual(["100", String(Number(available) - 5), String(Number(reserved) + 5), "0", "0"])
    expect(await page.locator("#low-items").getByText("Lamp").count()).toBe(1)
    expect(await page.locator("#hold-rows tr").first().textContent()).toContain("LIVE")
    await expect.poll(() => page.locator("#news").textContent()).toContain("Reserve: 5 units")
    await page.context().close()
  })

  it("is used by the keyboard alone, from the sign-in to an item's history and back", async () => {
    const page = await visit({ colorScheme: "dark" })
    const { keyboard } = page
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("username")
    await keyboard.type("admin")
    await keyboard.press("Tab")
    await keyboard.type("correct horse")
    await keyboard.press("Enter")
    await rowOf(page, "Lamp").waitFor()
    const focused = () => page.evaluate<string>("document.activeElement.textContent")
    for (let presses = 0; (await focused()) !== "Lamp"; presses++) {
      expect(presses, "reached by tabbing").toBeLessThan(20)
      await keyboard.press("Tab")
    }
    await keyboard.press("Enter")
    await expect.poll(focused).toBe("History of Lamp")
    const drawing = page.getByRole("img", { name: "Stock of Lamp over time" })
    expect(await drawing.locator("path").count()).toBe(2)
    for (let presses = 0; (await focused()) !== "The same as a table"; presses++) {
      expect(presses, "reached by tabbing").toBeLessThan(20)
      await keyboard.press("Tab")
    }
    await keyboard.press("Enter")
    await expect.poll(() => page.locator("#history-rows tr").count()).toBeGreaterThan(1)
    expect(await serious(page)).toEqual([])
    await page.screenshot({ path: join(screenshots, "history-dark.png"), fullPage: true })
    await keyboard.press("Escape")
    await expect.poll(focused).toBe("Lamp")
    await page.context().close()
  })

  it("is dark where the user wants it dark, and fits a small screen", async () => {
    const ground = async (colorScheme: "light" | "dark") => {
      const page = await visit({ colorScheme, viewport: { width: 360, height: 640 } })
      await signIn(page)
      await rowOf(page, "Lamp").waitFor()
      expect(await serious(page)).toEqual([])
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360)
      await page.screenshot({ path: join(screenshots, `small-${colorScheme}.png`), fullPage: true })
      const colour = await page.evaluate("getComputedStyle(document.body).backgroundColor")
      await page.context().close()
      return colour
    }
    expect([await ground("light"), await ground("dark")]).toEqual(["rgb(255, 255, 255)", "rgb(20, 23, 27)"])
  })

  it("searches, and shows one location", async () => {
    const page = await visit()
    await signIn(page)
    await rowOf(page, "Chair").waitFor()
    await page.getByLabel("Search").fill("lam")
    await expect.poll(() => rowOf(page, "Chair").count()).toBe(0)
    expect(await rowOf(page, "Lamp").count()).toBe(1)
    await page.getByLabel("Location", { exact: true }).selectOption({ label: "Secondary Warehouse" })
    await page.getByText("Nothing found.").waitFor()
    await page.context().close()
  })

  it("goes back to the sign-in when the token is no longer good, or the user signs out", async () => {
    const page = await visit()
    await signIn(page)
    await rowOf(page, "Lamp").waitFor()
    await page.evaluate('sessionStorage.setItem("stockbook.token", "expired")')
    await page.reload()
    await page.getByLabel("Password").waitFor()
    await signIn(page)
    await rowOf(page, "Lamp").waitFor()
    await page.route("**/overview/**", (route) => route.fulfill({ status: 401, json: { detail: "Expired" } }))
    await page.getByLabel("Search").fill("x")
    await page.getByText("Your session has ended. Sign in again.").waitFor()
    expect(await page.locator("#stock-rows tr").count()).toBe(0)
    await page.unroute("**/overview/**")
    await signIn(page)
    await page.getByRole("button", { name: "Sign out" }).click()
    await page.getByText("You have signed out.").waitFor()
    expect(await page.evaluate("sessionStorage.length")).toBe(0)
    await page.context().close()
  })

  it("shows a customer the stock, and says that holds and events are not for customers", async () => {
    const page = await visit()
    await signIn(page, "customer")
    await rowOf(page, "Lamp").waitFor()
    await page.getByText("Your role does not show holds.").waitFor()
    await page.getByText("Not live: your role does not show events").waitFor()
    await page.context().close()
  })

  it("takes the token that a page of the same origin hands it", async () => {
    const page = await visit()
    await page.getByLabel("Password").waitFor()
    const token = (world.staff.headers["authorization"] ?? "").slice("Bearer ".length)
    await page.evaluate(`postMessage(${JSON.stringify({ type: "stockbook-token", token })}, location.origin)`)
    await rowOf(page, "Lamp").waitFor()
    expect(page.url()).not.toContain(token)
    await page.context().close()
  })
})

interface AxeResults {
  readonly violations: ReadonlyArray<{
    readonly id: string
    readonly impact: string
    readonly nodes: ReadonlyArray<{ readonly html: string }>
  }>
}
