// Opens pages of the viewer in Debian's Chromium, as a reader does; prints one JSON object: what was seen.
//   node ohif.cjs study URL LANGUAGE FOLDER    waits for an image, scrolls; screenshots go into FOLDER
//   node ohif.cjs list URL LANGUAGE TEXT FOLDER    waits until the list of studies has a text
'use strict';
const path = require('node:path');
const { chromium } = require('playwright-core');

const [action, url, locale, ...rest] = process.argv.slice(2);
const LIMIT_MS = 90_000;
const TOURS = JSON.stringify(['basicViewerTour']);
const found = { errors: [], bad: [], foreign: [], requests: 0 };

function watch(page) {
  page.on('console', message => message.type() === 'error' && found.errors.push(message.text()));
  page.on('pageerror', failure => found.errors.push(String(failure)));
  page.on('response', answer => answer.status() >= 400 && found.bad.push(`${answer.status()} ${answer.url()}`));
  page.on('requestfailed', request => {
    const reason = request.failure()?.errorText;
    // What the page itself no longer wants.
    if (reason !== 'net::ERR_ABORTED') found.bad.push(`${reason} ${request.url()}`);
  });
  page.on('request', request => {
    found.requests++;
    const { origin, protocol } = new URL(request.url());
    if (!['blob:', 'data:'].includes(protocol) && origin !== new URL(url).origin) found.foreign.push(request.url());
  });
}

// Of the first viewport: its size, how many of its pixels aren't black, and what tells one picture from another.
function look() {
  const canvas = document.querySelector('canvas.cornerstone-canvas');
  if (!canvas || canvas.width < 100) return { lit: 0 };
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let lit = 0;
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] + data[i + 1] + data[i + 2] > 60) lit++;
    sum = (sum * 31 + data[i]) % 1_000_000_007;
  }
  return { width: canvas.width, height: canvas.height, lit, sum };
}

async function until(page, what, test) {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const seen = await page.evaluate(look).catch(() => ({ lit: 0 }));
    if (test(seen)) return seen;
    if (Date.now() > end) throw new Error(`no ${what}: ${JSON.stringify(seen)}`);
    await page.waitForTimeout(200);
  }
}

async function study(page, folder) {
  const begin = Date.now();
  await page.goto(url);
  const first = await until(page, 'image', seen => seen.lit > 1000);
  found.firstImageMs = Date.now() - begin;
  found.first = first;
  await page.screenshot({ path: path.join(folder, `study-${locale}.png`) });
  const box = await page.locator('canvas.cornerstone-canvas').first().boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, 100);
  found.next = await until(page, 'other image', seen => seen.lit > 1000 && seen.sum !== first.sum);
  await page.waitForLoadState('networkidle');
  found.text = await page.locator('body').innerText();
  await page.screenshot({ path: path.join(folder, `scrolled-${locale}.png`) });
}

async function list(page, text, folder) {
  await page.goto(url);
  await page.getByText(text).first().waitFor({ timeout: LIMIT_MS });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: path.join(folder, 'list.png') });
}

async function main() {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
  });
  let page;
  try {
    const context = await browser.newContext({ locale, viewport: { width: 1280, height: 800 } });
    await context.addInitScript(tours => {
      try {
        localStorage.setItem('shownTours', tours);
      } catch {
        // A page without storage.
      }
    }, TOURS);
    page = await context.newPage();
    page.setDefaultTimeout(LIMIT_MS);
    watch(page);
    await (action === 'study' ? study(page, rest[0]) : list(page, rest[0], rest[1]));
  } catch (failure) {
    await page?.screenshot({ path: path.join(rest.at(-1), `${action}-failed.png`) }).catch(() => {});
    throw new Error(`${failure.message} ${JSON.stringify(found)}`);
  } finally {
    await browser.close();
  }
}

main().then(
  () => console.log(JSON.stringify(found)),
  failure => {
    console.error(failure.message);
    process.exitCode = 1;
  },
);
