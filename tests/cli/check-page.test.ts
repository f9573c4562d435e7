/** The HTML page in a real browser, see `browser.ts`. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatHtml } from "../../src/cli/check/format/html.ts";
import { findBrowser } from "./browser.ts";
import { EVIL_FILE, EVIL_OPERATION, report } from "./check-report.ts";

const executable = findBrowser(process.env);

describe("the browser", () => {
  it("is found", (context) => {
    context.skip(executable === undefined, "no Chromium is installed");
    expect(executable).toBeDefined();
  });

  it("may be missing, unless it is required", () => {
    const nowhere = (): boolean => false;
    expect(findBrowser({}, nowhere)).toBeUndefined();
    expect(() => findBrowser({ CONNECT_RESILIENCE_BROWSER: "required" }, nowhere)).toThrow(
      "no Chromium was found",
    );
  });

  it("can be named", () => {
    const env = { CHROME_PATH: "/opt/chrome" };
    expect(findBrowser(env, () => true)).toBe("/opt/chrome");
    expect(findBrowser(env, (file) => file === "/usr/bin/chromium")).toBe("/usr/bin/chromium");
  });
});

describe.skipIf(executable === undefined)("the page in Chromium", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "connect-resilience-page-"));
  const address = pathToFileURL(path.join(folder, "report.html")).href;
  const requests: string[] = [];
  const messages: string[] = [];
  let browser: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    writeFileSync(path.join(folder, "report.html"), formatHtml(report));
    browser = await chromium.launchPersistentContext(path.join(folder, "user-data"), {
      executablePath: executable ?? "",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    });
    page = await browser.newPage();
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", (error) => messages.push(String(error)));
    await page.goto(address);
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The cells of a column, from the rows that are shown. */
  const column = async (table: string, index: number): Promise<string[]> =>
    (
      await page
        .locator(`#${table} tbody tr:visible`)
        .locator(`:nth-child(${String(index)}):is(th, td)`)
        .allInnerTexts()
    ).map((text) => text.replace(/\s+/g, " ").trim());

  it("shows every call and every finding", async () => {
    expect(await column("calls", 1)).toHaveLength(report.calls.length);
    expect(await column("findings", 1)).toHaveLength(report.findings.length);
  });

  it("sorts by a click on a heading, and back by another", async () => {
    const heading = page.locator("#calls thead th", { hasText: "Attempts" });
    await heading.locator("button").click();
    expect(await heading.getAttribute("aria-sort")).toBe("ascending");
    expect(await column("calls", 5)).toEqual(["≥ 1", "3", "15", "≥ 70", "no limit"]);
    await heading.locator("button").click();
    expect(await heading.getAttribute("aria-sort")).toBe("descending");
    expect(await column("calls", 5)).toEqual(["no limit", "≥ 70", "15", "3", "≥ 1"]);
  });

  it("sorts places by their numbers, from the keyboard too", async () => {
    await page.locator("#calls thead button", { hasText: "Call" }).focus();
    await page.keyboard.press("Enter");
    const places = await column("calls", 1);
    expect(places.filter((place) => place.startsWith("src/users.ts"))).toEqual([
      "src/users.ts:14",
      "src/users.ts:30",
      "src/users.ts:40",
      "src/users.ts:50",
    ]);
    expect(await page.locator("#calls th[aria-sort]").count()).toBe(1);
  });

  it("filters rows, and says how many are left", async () => {
    await page.getByLabel("Filter calls").fill("while LISTUSERS");
    expect(await column("calls", 2)).toEqual([]);
    await page.getByLabel("Filter calls").fill("for describe");
    expect(await column("calls", 2)).toEqual(["DescribeUser client-connect"]);
    expect(await page.locator("output").first().innerText()).toBe("1 of 5 shown");
    await page.getByLabel("Filter calls").fill("");
    expect(await column("calls", 2)).toHaveLength(5);
    await page.getByLabel("Filter findings").fill("syntax");
    expect(await column("findings", 2)).toEqual(["syntax-error"]);
  });

  it("draws a chart with a bar for each operation and a mark for each burst", async () => {
    const chart = page.getByRole("img", { name: "Requests that one call can send at worst" });
    expect(await chart.isVisible()).toBe(true);
    expect(await chart.locator(".row").count()).toBe(4);
    expect(await chart.locator("line.burst").count()).toBe(4);
    const width = async (text: string): Promise<number> =>
      Number(await chart.locator(".row", { hasText: text }).locator("rect").getAttribute("width"));
    expect(await width("DescribeUser")).toBeCloseTo(5 * (await width("ListUsers")), 0);
    const levels = await chart
      .locator("rect")
      .evaluateAll((bars) =>
        (bars as { classList: { item(index: number): string | null } }[]).map((bar) =>
          bar.classList.item(1),
        ),
      );
    expect(levels).toEqual(["limitless", "above", "within", "within"]);
  });

  it("takes no name for markup", async () => {
    expect(await page.title()).toBe(`Amazon Connect calls of ${report.project}`);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("body script").count()).toBe(1);
    const text = await page.locator("#calls").innerText();
    expect(text).toContain(EVIL_FILE);
    expect(text).toContain(EVIL_OPERATION);
  });

  it("is dark where the reader's system is", async () => {
    const background = (): Promise<string> =>
      page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    await page.emulateMedia({ colorScheme: "light" });
    const light = await background();
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await background()).not.toBe(light);
  });

  it("asks for nothing but itself, and has nothing to complain of", () => {
    expect(requests).toEqual([address]);
    expect(messages).toEqual([]);
  });
});
