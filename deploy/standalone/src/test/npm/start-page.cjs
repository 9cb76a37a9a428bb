// The start page: nothing on it is reloaded by hand.
'use strict';
const fs = require('node:fs');
const { shown, watch } = require('./seeing.cjs');

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

module.exports = { portal };
