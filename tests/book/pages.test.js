#!/usr/bin/env node
// pages.test.js: the pages as a browser shows them: they fit a phone and a desk, pass axe-core in light and dark, and do without a script.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { pages, url } from "./woven.js";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"];
const executable = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => fs.existsSync(file));

let browser;
before(async () => (browser = await chromium.launch({ executablePath: executable, args: flags })));
after(() => browser?.close());

// A page in a context of its own, and what it complained of.
async function open(page, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const tab = await context.newPage();
    const complaints = [];
    tab.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    tab.on("pageerror", (error) => complaints.push(error.message));
    tab.on("request", (request) => /^https?:/.test(request.url()) && complaints.push("asks for " + request.url()));
    tab.on("requestfailed", (request) => complaints.push("cannot load " + request.url()));
    await tab.goto(url(page));
    return { tab, context, complaints };
}

const WIDTHS = [390, 1280];
const unfold = () => document.querySelectorAll("details").forEach((one) => (one.open = true));

// What reaches beyond the right edge.
const wide = () => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll("main *")]
        .filter((one) => one.getBoundingClientRect().right > room + 1 && !one.closest("pre, .formula, .display, .table, svg"))
        .map((one) => one.outerHTML.slice(0, 160));
};

const violations = (options) => axe.run(document, { resultTypes: ["violations"], ...options }).then((result) =>
    result.violations.map((v) => `${v.id}: ${v.help}\n` + v.nodes.slice(0, 5).map((n) => `    ${n.html.slice(0, 200)} ${n.failureSummary}`).join("\n")));

// One visit to each page: it is loaded once, and its tests go on from one another.
for (const page of pages) {
    describe(page, () => {
        let visit;
        before(async () => (visit = await open(page, { colorScheme: "light" })));
        after(() => visit?.context.close());

        for (const step of [{ name: "folded", take: () => {} }, { name: "unfolded", take: unfold }]) {
            for (const width of WIDTHS) {
                test(`nothing overflows at ${width} pixels, ${step.name}`, async () => {
                    await visit.tab.evaluate(step.take);
                    await visit.tab.setViewportSize({ width, height: 900 });
                    assert.deepEqual(await visit.tab.evaluate(wide), []);
                });
            }
        }

        test("it asks for nothing that is not there", () => assert.deepEqual(visit.complaints, []));

        test("axe-core finds nothing", async () => {
            await visit.tab.evaluate(axe);
            assert.deepEqual(await visit.tab.evaluate(violations, {}), []);
        });

        test("nor does it in dark, where only colours change", async () => {
            const ground = () => visit.tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
            const light = await ground();
            await visit.tab.emulateMedia({ colorScheme: "dark" });
            assert.notEqual(await ground(), light);
            assert.deepEqual(await visit.tab.evaluate(violations, { runOnly: ["color-contrast", "link-in-text-block"] }), []);
        });
    });
}

const chapter = pages.find((page) => page.startsWith("01-")) ?? pages[1];

test("without a script the page is whole: contents, hints, answers", async () => {
    const { tab, context } = await open(chapter, { javaScriptEnabled: false });
    assert.ok(await tab.locator("nav#contents").isVisible());
    assert.ok(await tab.locator("button.theme").isHidden());
    const exercise = tab.locator("section.exercise").first();
    const hints = exercise.locator("details.hint > summary");
    assert.ok((await hints.count()) >= 2);
    assert.ok(await hints.nth(0).isVisible());
    assert.ok(await hints.nth(1).isHidden(), "the second hint is offered before the first is open");
    await hints.nth(0).click();
    assert.ok(await hints.nth(1).isVisible());
    await context.close();
});

test("on a phone the contents wait behind a link and close again", async () => {
    const { tab, context } = await open(chapter, { viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
    const contents = tab.locator("nav#contents");
    assert.ok(await contents.isHidden());
    await tab.locator("a.menu").click();
    assert.ok(await contents.isVisible());
    await contents.locator(".sections a").first().click();
    assert.ok(await contents.isHidden());
    await context.close();
});

test("the chosen ground is remembered, and is there before the first paint", async () => {
    const { tab, context } = await open(chapter, { colorScheme: "light" });
    const ground = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await tab.locator("button.theme").click();
    const dark = await ground();
    assert.notEqual(dark, light);
    // What one page stores reaches the next one's process a moment later.
    for (let tries = 0; tries < 20 && (tries === 0 || (await ground()) !== dark); tries++) {
        await tab.waitForTimeout(100);
        await tab.goto(url("index.html"));
    }
    assert.equal(await ground(), dark);
    assert.equal(await tab.evaluate(() => document.querySelector("head script:not([src])").textContent.includes("localStorage")), true);
    await context.close();
});

test("figures follow the ground", async () => {
    const stroke = async (colorScheme) => {
        const { tab, context } = await open(chapter, { colorScheme });
        const colours = await tab.evaluate(() =>
            [...new Set([...document.querySelectorAll("svg.figure text")].map((one) => getComputedStyle(one).fill))]);
        await context.close();
        return colours;
    };
    const [light, dark] = [await stroke("light"), await stroke("dark")];
    assert.ok(light.length > 0);
    assert.notDeepEqual(light, dark);
});

test("code, files and commands can be copied", async () => {
    const { tab, context } = await open(chapter);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]).catch(() => {});
    const button = tab.locator("section.exercise .do .copy").nth(1);
    await button.click();
    await tab.waitForFunction((one) => one.textContent === "Copied", await button.elementHandle());
    assert.match(await button.getAttribute("aria-label"), /^Copy make check EX=/);
    await context.close();
});
