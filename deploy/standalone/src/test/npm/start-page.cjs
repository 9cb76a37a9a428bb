// The start page: nothing on it is reloaded by hand.
'use strict';
const fs = require('node:fs');
const { shown, until, watch } = require('./seeing.cjs');

// One that takes too long (60 s) and two that don't quite, on a machine that is busy.
const AHEAD_LIMIT_MS = 240_000;

/** Sends files; the study must come into the lists by itself, can be searched and downloaded, and is opened in the viewer. */
async function portal({ page, url, language, shoot, found }, uid, ...files) {
  await page.goto(url);
  await page.locator('#arrivals[hx-trigger^="every"]').waitFor();
  await page.locator('#health[data-well]').waitFor();
  await page.setInputFiles('#files', files);
  const row = page.locator(`#studies tr[data-study="${uid}"]`);
  await row.waitFor();
  await page.locator(`#arrivals li[data-study="${uid}"]`).waitFor();
  await page.locator('#sending').waitFor({ state: 'hidden' });
  found.sent = await page.locator('#sent').innerText();
  found.refused = await page.locator('#refused').innerText();
  found.health = await page.locator('#health').innerText();
  await shoot(`portal-${language}`, { fullPage: true });
  found.row = await row.innerText();

  const fields = page.getByRole('search').locator('input');
  found.lopsided = await fields.evaluateAll(
    all => all.map(getComputedStyle).filter(one => one.borderTopLeftRadius !== one.borderTopRightRadius).length,
  );
  await fields.first().fill('nobody is called so');
  await page.locator('#studies tr[data-study]').first().waitFor({ state: 'detached' });
  await fields.first().fill('');
  await row.waitFor();

  const [download] = await Promise.all([page.waitForEvent('download'), row.locator('a[download]').click()]);
  const content = fs.readFileSync(await download.path());
  found.download = { name: download.suggestedFilename(), begin: content.toString('latin1', 0, 2) };
  const [viewer] = await Promise.all([page.waitForEvent('popup'), row.locator('a[role="button"]').first().click()]);
  watch(viewer, new URL(url).origin, found);
  [found.first] = await shown(viewer);
  found.text = await page.locator('body').innerText();
}

/** Opens a study from the page, once that is at rest, in a browser that never saw the viewer: what it must still get of it. */
async function ahead({ page, url, shoot, found }, uid) {
  await page.goto(url);
  await page.locator('html[data-viewer="ready"]').waitFor({ timeout: AHEAD_LIMIT_MS });
  const link = page.locator(`#studies tr[data-study="${uid}"] a[role="button"]`).first();
  const [viewer] = await Promise.all([page.waitForEvent('popup'), link.click()]);
  watch(viewer, new URL(url).origin, found);
  [found.first] = await shown(viewer);
  const files = await viewer.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.includes('/viewer/files/'))
      .map(({ name, transferSize }) => ({ name, transferSize })),
  );
  const needed = files.filter(({ name }) => /\.(js|css|woff2)$/.test(name));
  found.kept = needed.filter(({ transferSize }) => transferSize === 0).length;
  found.fetched = needed.filter(({ transferSize }) => transferSize > 0).map(({ name }) => name);
  await shoot('ahead');
}

/**
 * When the page opens the viewer unseen and when it doesn't, by a clock that is put forward, with a viewer that is at rest never or at
 * once. The page begins hidden with each visit.
 */
async function restraint({ page, url, found }) {
  let [fetched, unseen, atRest] = [0, 0, false];
  await page.clock.install();
  await page.route('**/viewer/files/**', route => {
    fetched++;
    return route.fulfill({ body: '' });
  });
  await page.route('**/viewer/ahead', route => {
    unseen++;
    return route.fulfill({ contentType: 'text/html', body: `<div id="root">${atRest ? '<p></p>' : ''}</div>` });
  });
  await page.addInitScript(() => {
    globalThis.away = true;
    globalThis.memory = 8;
    Object.defineProperty(Document.prototype, 'hidden', { get: () => globalThis.away });
    Object.defineProperty(Navigator.prototype, 'deviceMemory', { get: () => globalThis.memory });
  });

  const turn = to =>
    page.evaluate(away => {
      globalThis.away = away;
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, to === 'away');
  const state = () =>
    page.evaluate(() => ({
      frames: document.querySelectorAll('iframe').length,
      ready: document.documentElement.dataset.viewer === 'ready',
      ...JSON.parse(localStorage.getItem('viewer-ahead')),
    }));
  const long = async () => {
    await page.clock.runFor(20_000);
    return state();
  };
  const later = (what, isSo) =>
    until(page, what, async () => {
      await page.clock.runFor(1000);
      return state();
    }, isSo);
  const visit = async () => {
    fetched = unseen = 0;
    await page.goto(url);
    const files = await page.evaluate(() => document.getElementById('ahead').content.querySelectorAll('link').length);
    await until(page, 'files', async () => fetched, count => count === files);
  };

  await visit();
  found.hidden = await long();
  await turn('here');
  found.begun = await later('frame', ({ frames }) => frames === 1);
  await page.mouse.move(5, 5);
  await page.mouse.move(9, 9);
  found.touched = await state();
  await later('frame again', ({ frames }) => frames === 1);
  await turn('away');
  found.left = await long();
  await turn('here');
  found.failed = await later('end', ({ frames, failed }) => frames === 0 && failed === 2);
  await visit();
  await turn('here');
  found.givenUp = await long();

  await page.evaluate(() => localStorage.clear());
  atRest = true;
  await visit();
  await turn('here');
  const link = page.locator('#studies a[role="button"]').first();
  const [viewer] = await Promise.all([page.waitForEvent('popup'), link.click()]);
  await viewer.close();
  found.opened = await long();
  await visit();
  await turn('here');
  found.ready = await later('readiness', ({ ready }) => ready);
  found.unseen = unseen;

  await page.evaluate(() => localStorage.clear());
  await page.addInitScript(() => (globalThis.memory = 2));
  await visit();
  await turn('here');
  found.weak = await long();
}

module.exports = { ahead, portal, restraint };
