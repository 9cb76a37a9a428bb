// The start page: nothing on it is reloaded by hand.
'use strict';
const fs = require('node:fs');
const { shown, watch } = require('./seeing.cjs');

const AHEAD_LIMIT_MS = 180_000;

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

module.exports = { ahead, portal };
