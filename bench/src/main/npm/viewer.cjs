// Opens a study in the viewer as a reader does, by a click on a link, in a browser of its own; prints one JSON object, times in
// milliseconds since the click: {"preview": .., "first": .., "last": .., "requests": .., "bytes": ..}
//   node viewer.cjs CHROMIUM FOLDER ORIGIN STUDY FRAMES [STUDY...]
//     FOLDER      has what the browser keeps, which goes in the end
//     FRAMES      how many are to be there in the end: "last" is when they are; 0: the first image is the end
//     STUDY...    are opened before, in the same browser, so that it has the files of the viewer; none: its cache is empty;
//                 "start-page": it is opened from the product's start page, once that is at rest, in a browser that had nothing before
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const [executablePath, folder, origin, study, frames, ...before] = process.argv.slice(2);
const FIRST_LIMIT_MS = 180_000;
const READY_LIMIT_MS = 180_000;
const START_PAGE = 'start-page';
const LAST_LIMIT_MS = 900_000;
const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
];

// Runs in each page. Notes the click, when the page's own picture of the first image is there, when the middle of the first viewport
// isn't black for the first time, and what was loaded when.
function note() {
  const noted = (window.noted = { click: 0, preview: 0, first: 0, loads: [] });
  const clock = since => performance.timeOrigin + since;
  addEventListener('click', event => (noted.click = clock(event.timeStamp)), true);
  new PerformanceObserver(list => {
    for (const { name, responseEnd, responseStatus, transferSize } of list.getEntries()) {
      noted.loads.push({ name, end: clock(responseEnd), status: responseStatus, bytes: transferSize });
    }
  }).observe({ type: 'resource', buffered: true });
  const side = 32;
  requestAnimationFrame(function look() {
    // What is there now is on the screen with what is drawn next.
    if (!noted.preview && document.querySelector('#preview img')?.complete) noted.preview = clock(performance.now());
    const canvas = document.querySelector('canvas.cornerstone-canvas');
    if (canvas && canvas.width > side) {
      const [x, y] = [canvas.width, canvas.height].map(size => Math.floor((size - side) / 2));
      const { data } = canvas.getContext('2d').getImageData(x, y, side, side);
      if (data.some((value, i) => i % 4 !== 3 && value > 20)) {
        noted.first = clock(performance.now());
        return;
      }
    }
    requestAnimationFrame(look);
  });
  try {
    localStorage.setItem('shownTours', '["basicViewerTour"]');
  } catch {
    // A page without storage.
  }
}

// Frames that are there.
function there() {
  const isFrame = ({ name, status }) => /\/frames\/\d+$/.test(name) && status === 200;
  return new Set(window.noted.loads.filter(isFrame).map(({ name }) => name)).size;
}

// A page with a link to the study.
async function listOf(context, uid) {
  const list = await context.newPage();
  if (before[0] === START_PAGE) {
    await list.goto(`${origin}/`);
    await list.locator('html[data-viewer="ready"]').waitFor({ timeout: READY_LIMIT_MS });
    return [list, list.locator(`#studies tr[data-study="${uid}"] a[role="button"]`).first()];
  }
  const link = `${origin}/viewer/viewer?StudyInstanceUIDs=${uid}`;
  await list.goto(`data:text/html,<a target="_blank" href="${link}">${uid}</a>`);
  return [list, list.locator('a')];
}

async function open(context, uid, wanted) {
  const [list, link] = await listOf(context, uid);
  const [page] = await Promise.all([context.waitForEvent('page'), link.click()]);
  await page.waitForFunction(() => window.noted?.first > 0, null, { timeout: FIRST_LIMIT_MS, polling: 100 });
  const counted = `(${there})() >= ${wanted}`;
  await page.waitForFunction(counted, null, { timeout: LAST_LIMIT_MS, polling: 200 });
  return { list, page };
}

async function measure(context) {
  for (const uid of before.filter(each => each !== START_PAGE)) {
    const { list, page } = await open(context, uid, 1);
    await page.waitForLoadState('networkidle');
    await page.close();
    await list.close();
  }
  const { list, page } = await open(context, study, Number(frames));
  const { click } = await list.evaluate(() => window.noted);
  const { preview, first, loads } = await page.evaluate(() => window.noted);
  // Without thumbnails the viewer takes frames.
  const failed = loads.filter(({ name, status }) => status >= 400 && !(status === 404 && name.includes('/thumbnail')));
  if (failed.length > 0) throw new Error(`requests failed: ${JSON.stringify(failed)}`);
  const begun = loads.filter(({ end }) => end <= first);
  const found = {
    first: first - click,
    requests: begun.length,
    bytes: begun.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  if (preview > 0) found.preview = preview - click;
  if (frames > 0) found.last = Math.max(...loads.filter(({ name }) => name.includes('/frames/')).map(({ end }) => end)) - click;
  if (process.env.PACS_BENCH_LOADS) {
    loads.forEach(load => console.error((load.end - click).toFixed(0), load.status, load.bytes, load.name));
  }
  return found;
}

async function main() {
  const profile = fs.mkdtempSync(path.join(folder, 'profile-'));
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: ARGS,
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
    });
    try {
      await context.addInitScript(note);
      return await measure(context);
    } finally {
      await context.close();
    }
  } finally {
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

main().then(
  found => console.log(JSON.stringify(found)),
  failure => {
    console.error(failure.message);
    process.exitCode = 1;
  },
);
