// Studies and images in the viewer.
'use strict';
const { CANVAS, LIMIT_MS, dicomWebOf, shown, until, viewports } = require('./seeing.cjs');

const CLOSE = 1; // of 255, on average

/** Waits for an image, scrolls to another one. */
async function study({ page, url, language, shoot, found }) {
  const begin = Date.now();
  await page.goto(url);
  [found.first] = await shown(page);
  found.firstImageMs = Date.now() - begin;
  await shoot(`study-${language}`);
  await scroll(page, 1);
  found.next = await until(
    page,
    'other image',
    async () => (await viewports(page))[0],
    seen => seen?.lit > 1000 && seen.sum !== found.first.sum,
  );
  await page.waitForLoadState('networkidle');
  found.text = await page.locator('body').innerText();
  await shoot(`scrolled-${language}`);
}

async function scroll(page, images) {
  const box = await page.locator(CANVAS).first().boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, 100 * images);
}

/** Waits until a volume is cut in three planes. */
async function planes({ page, url, shoot, found }) {
  await page.goto(`${url}&hangingProtocolId=mpr`);
  found.planes = await until(
    page,
    'three planes',
    () => viewports(page),
    all => new Set(all.map(one => one.sum)).size === 3 && all.every(one => one.lit > one.width * one.height * 0.05),
  );
  await page.waitForLoadState('networkidle');
  await shoot('planes');
}

/** Waits until the list of studies has a text. */
async function list({ page, url, shoot }, text) {
  await page.goto(url);
  await page.getByText(text).first().waitFor({ timeout: LIMIT_MS });
  await page.waitForLoadState('networkidle');
  await shoot('list');
}

// How far the picture is from the one that the service renders, on average of 255, where both are put in the middle of a
// viewport as OHIF puts them; and how far it would be from nothing.
async function compare([selector, reference]) {
  const canvas = document.querySelector(selector);
  const { width, height } = canvas;
  const shown = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  const picture = await createImageBitmap(await (await fetch(reference, { headers: { Accept: 'image/png' } })).blob());
  const scale = Math.min(width / picture.width, height / picture.height);
  const drawn = new OffscreenCanvas(width, height).getContext('2d');
  const [w, h] = [picture.width * scale, picture.height * scale];
  drawn.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
  const expected = drawn.getImageData(0, 0, width, height).data;
  let difference = 0;
  let light = 0;
  for (let i = 0; i < shown.length; i++) {
    if (i % 4 !== 3) {
      difference += Math.abs(shown[i] - expected[i]);
      light += expected[i];
    }
  }
  const samples = (shown.length / 4) * 3;
  return { difference: difference / samples, light: light / samples };
}

// Compares until they are close: viewports come and go while a study is opened. What isn't close in time is reported, too.
async function close(page, reference) {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const [{ lit } = { lit: 0 }] = await viewports(page);
    const picture = lit > 0 ? await page.evaluate(compare, [CANVAS, reference]).catch(() => ({})) : {};
    if (picture.difference < CLOSE || Date.now() > end) return picture;
    await page.waitForTimeout(100);
  }
}

/** Compares images with what /rendered makes of them: STUDY/SERIES/INSTANCE/FRAMES, that many frames in turn. */
async function images({ page, url, shoot, found }, ...paths) {
  found.pictures = {};
  for (const each of paths) {
    const [uid, series, instance, frames] = each.split('/');
    const object = `${dicomWebOf(url)}/studies/${uid}/series/${series}/instances/${instance}`;
    await page.goto(`${url}?StudyInstanceUIDs=${uid}`);
    for (let frame = 1; frame <= frames; frame++) {
      if (frame > 1) await scroll(page, 1);
      found.pictures[`${instance}/${frame}`] = await close(page, `${object}/frames/${frame}/rendered`);
    }
    await shoot(instance);
  }
}

module.exports = { images, list, planes, study };
