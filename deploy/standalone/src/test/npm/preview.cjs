// The picture that is there before the viewer is.
'use strict';
const { LIMIT_MS, photo, until, viewports } = require('./seeing.cjs');

const PREVIEW = '#preview';

/** Looks at the picture that is there before the viewer is, whose scripts come only then; and at what the viewer opens with. */
async function preview({ page, url, shoot, found }) {
  await page.addInitScript(() => {
    const note = ({ target, detail }) => target.closest?.('[data-cy="viewport-pane"]') && (window.opened ??= detail.imageId);
    document.addEventListener('CORNERSTONE_STACK_NEW_IMAGE', note, true);
  });
  let scripts;
  const looked = new Promise(done => (scripts = done));
  await page.route(/app\.bundle\.[0-9a-f]+\.js/, async route => {
    await looked;
    await route.continue();
  });
  const answer = page.waitForResponse(one => one.url().endsWith('/preview'));
  const opened = page.goto(url);
  // Waited for below; what fails before that is told by what waits.
  opened.catch(() => {});
  found.location = (await answer).headers()['content-location'];
  await page.locator(PREVIEW).waitFor({ timeout: LIMIT_MS });
  found.preview = await photo(page, PREVIEW);
  found.text = await page.locator(PREVIEW).innerText();
  await shoot('preview');
  scripts();
  await opened;
  // The viewer changes its viewport's size once more as it starts.
  found.first = await until(
    page,
    'picture as large as the preview',
    async () => (await viewports(page))[0],
    seen => seen && Math.abs(seen.lit - found.preview.lit) <= found.preview.lit / 10,
  );
  await page.locator(PREVIEW).waitFor({ state: 'detached', timeout: LIMIT_MS });
  found.opened = await page.evaluate(() => window.opened);
  await page.waitForLoadState('networkidle');
}

// Of the picture, which looks every 100 ms what there is.
const LOOKS_MS = 500;

/**
 * When the picture goes without the viewer having drawn, and which addresses have one; with a viewer that does nothing, and a time
 * since each visit that goes on when it is told to.
 */
async function bounds({ page, url, found }) {
  await page.addInitScript(() => {
    globalThis.seconds = 0;
    performance.now = () => globalThis.seconds * 1000;
  });
  await page.route(/app\.bundle\.[0-9a-f]+\.js/, route => route.fulfill({ contentType: 'text/javascript', body: '' }));
  let asked = 0;
  page.on('request', request => request.url().endsWith('/preview') && asked++);
  const picture = page.locator(PREVIEW);
  const visit = async address => {
    asked = 0;
    // So that it is another page also where only the part behind # is another.
    await page.goto('about:blank');
    await page.goto(address);
  };
  const shown = async (address = url) => {
    await visit(address);
    await picture.waitFor({ timeout: LIMIT_MS });
  };
  const at = seconds => page.evaluate(now => (globalThis.seconds = now), seconds);
  const stays = async seconds => {
    await at(seconds);
    await page.waitForTimeout(LOOKS_MS);
    return picture.isVisible();
  };
  const gone = () => picture.waitFor({ state: 'detached', timeout: LIMIT_MS });

  for (const touch of ['pointerdown', 'wheel', 'keydown']) {
    await shown();
    await page.evaluate(type => document.body.dispatchEvent(new Event(type, { bubbles: true })), touch);
    found[touch] = await picture.count();
  }

  await shown();
  found.nothing = await stays(29);
  await at(31);
  await gone();

  await shown();
  await at(5);
  await page.evaluate(() => {
    const style = 'position: fixed; left: 99px; top: 0; width: 300px; height: 200px';
    document.body.innerHTML = `<div data-cy="viewport-pane" style="${style}"></div>`;
  });
  found.beside = await until(page, 'picture upon the viewport', () => picture.boundingBox(), box => box?.x === 99);
  found.error = await stays(14);
  await at(16);
  await gone();

  await shown();
  await page.evaluate(() => history.pushState({}, '', '?'));
  await gone();

  await shown(url.replace('StudyInstanceUIDs', 'studyinstanceuids'));
  await shown(`${url}&lng=de`);
  await shown(`${url},1.2.3`);
  found.asked = [];
  for (const address of [`${url}&SeriesInstanceUIDs=1.2`, `${url}#1`, url.replace(/\?.*/, ''), url.replace('viewer?', 'tmtv?')]) {
    await visit(address);
    await page.waitForLoadState('networkidle');
    found.asked.push(asked);
  }
}

module.exports = { bounds, preview };
