// What isn't a stack of grey images, opened in the viewer.
'use strict';
const { photo, shown, until, viewports } = require('./seeing.cjs');

// What makes each kind visible: a number that is 0 until it is there.
const SIGHTS = {
  // Pixels in colour over grey images.
  async colours(page) {
    return (await viewports(page))[0]?.coloured ?? 0;
  },

  // Lines drawn over an image.
  contours(page) {
    return page.locator('svg.svg-layer path').count();
  },

  async picture(page) {
    return (await viewports(page))[0]?.lit ?? 0;
  },

  // White paper in the browser's own reader.
  async pdf(page) {
    return (await photo(page, 'object[type="application/pdf"][data]')).white;
  },

  text(page, text) {
    return page.getByText(text).count();
  },

  // OHIF draws the frames of a video element that isn't on the page; seconds of it.
  video(page) {
    return page.evaluate(() => {
      const [{ viewport } = {}] = window.cornerstone?.getEnabledElements() ?? [];
      const video = viewport?.videoElement;
      return video?.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? video.duration : 0;
    });
  },

  // Stained tissue.
  async tiles(page) {
    return (await photo(page, '.ol-viewport')).coloured;
  },
};

/** Opens a series of a study by a double click on the modality that its thumbnail has. */
async function openSeries(page, modality) {
  const label = page.locator('[data-cy="series-modality-label"]', { hasText: new RegExp(`^${modality}$`) });
  await page.locator('[data-cy^="study-browser-thumbnail"]', { has: label }).first().dblclick();
}

/** Says yes to the question whether what is drawn shall be loaded. */
async function load(page) {
  await page.locator('[data-cy="yes-hydrate-btn"]').click();
}

/** Opens a study, or its series of a modality, and waits for what makes that visible. */
async function object({ page, url, shoot, found }, name, { sight, enough, text, modality, asks }) {
  await page.goto(url);
  const look = () => SIGHTS[sight](page, text).catch(() => 0);
  if (modality) {
    await shown(page);
    found.before = await look();
    await openSeries(page, modality);
  }
  if (asks) await load(page);
  found.seen = await until(page, `${sight} of ${name}`, look, seen => seen >= enough);
  // The reader of PDF files never is.
  if (sight !== 'pdf') await page.waitForLoadState('networkidle');
  await shoot(name);
}

module.exports = { actions: { object }, load, openSeries };
