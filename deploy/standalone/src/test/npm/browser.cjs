// Leads Debian's Chromium through pages of the viewer and the start page, as a reader does. Each line of the input asks for one page:
//   {"action": "study", "url": "http://...", "language": "en-US", "folder": "where screenshots go", "arguments": [...]}
// and is answered by a line: what was seen, or {"failure": "..."}. The browser ends with the input.
'use strict';
const path = require('node:path');
const readline = require('node:readline');
const { chromium } = require('playwright-core');
const { LIMIT_MS, count, watch } = require('./seeing.cjs');

const ACTIONS = {
  ...require('./viewer.cjs'),
  ...require('./objects.cjs').actions,
  ...require('./preview.cjs'),
  ...require('./report.cjs'),
  ...require('./start-page.cjs'),
};
const TOURS = JSON.stringify(['basicViewerTour']);
// One a language for all pages, so that the viewer's files come once.
const contexts = new Map();

function launch() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
  });
}

async function contextFor(browser, locale) {
  if (!contexts.has(locale)) {
    const context = await browser.newContext({ locale, viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(LIMIT_MS);
    await context.addInitScript(tours => {
      try {
        localStorage.setItem('shownTours', tours);
      } catch {
        // A page without storage.
      }
    }, TOURS);
    // For what is evaluated in pages.
    await context.addInitScript(`globalThis.count = ${count}`);
    contexts.set(locale, context);
  }
  return contexts.get(locale);
}

async function see(browser, { action, url, language, folder, arguments: rest }) {
  const context = await contextFor(browser, language);
  const page = await context.newPage();
  const found = { errors: [], bad: [], foreign: [], answers: [], codings: [], requests: 0 };
  const shoot = (name, how) => page.screenshot({ path: path.join(folder, `${name}.png`), ...how });
  try {
    watch(page, new URL(url).origin, found);
    await ACTIONS[action]({ page, url, language, shoot, found }, ...rest);
    return found;
  } catch (failure) {
    await shoot(`${action}-failed`).catch(() => {});
    return { failure: `${failure.message} ${JSON.stringify(found)}` };
  } finally {
    await Promise.all(context.pages().map(each => each.close()));
  }
}

async function main() {
  const browser = await launch();
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const seen = await see(browser, JSON.parse(line)).catch(failure => ({ failure: `${failure}` }));
    console.log(JSON.stringify(seen));
    // A crashed one sees nothing more; the next test starts another.
    if (!browser.isConnected()) process.exit(1);
  }
  await browser.close();
}

main().catch(failure => {
  console.error(failure);
  process.exit(1);
});
