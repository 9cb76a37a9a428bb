// What a page shows, and what it asks for.
'use strict';

const LIMIT_MS = 180_000;
// Not those that thumbnails are drawn on.
const CANVAS = '[data-cy="viewport-pane"] canvas.cornerstone-canvas';

// A DICOMweb path without its UIDs and numbers: "studies/1.2/series/3.4/metadata" -> "metadata".
function resource(pathname) {
  const words = pathname.split('/dicom-web/')[1]?.split('/').filter(word => /^[a-z]/.test(word)) ?? [];
  return words.at(-1);
}

/**
 * Notes what goes wrong on a page, what it asks other hosts for, what DICOMweb answered: "rendered 206 video/mp4", and in which content
 * coding: "frames zstd".
 */
function watch(page, home, found) {
  page.on('console', message => message.type() === 'error' && found.errors.push(message.text()));
  page.on('pageerror', failure => found.errors.push(String(failure)));
  page.on('response', answer => {
    if (answer.status() >= 400) found.bad.push(`${answer.status()} ${answer.url()}`);
    const kind = resource(new URL(answer.url()).pathname);
    if (!kind) return;
    const type = (answer.headers()['content-type'] ?? '').split(';')[0];
    const line = `${kind} ${answer.status()} ${type}`;
    if (!found.answers.includes(line)) found.answers.push(line);
    const coding = `${kind} ${answer.headers()['content-encoding'] ?? 'identity'}`;
    if (!found.codings.includes(coding)) found.codings.push(coding);
  });
  page.on('requestfailed', request => {
    const reason = request.failure()?.errorText;
    // What the page itself no longer wants.
    if (reason !== 'net::ERR_ABORTED') found.bad.push(`${reason} ${request.url()}`);
  });
  page.on('request', request => {
    found.requests++;
    const { origin, protocol } = new URL(request.url());
    // The browser's own reader of PDF files is an extension with parts in it.
    const within = ['blob:', 'data:', 'chrome:', 'chrome-extension:'].includes(protocol);
    if (!within && origin !== home) found.foreign.push(request.url());
  });
}

// Of a picture: its size, how many of its pixels aren't black, how many aren't grey, how many are white, and what tells one
// picture from another.
function count({ width, height, data }) {
  let [lit, coloured, white, sum] = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i += 4) {
    const [red, green, blue] = [data[i], data[i + 1], data[i + 2]];
    const [dark, light] = [Math.min(red, green, blue), Math.max(red, green, blue)];
    if (red + green + blue > 60) lit++;
    if (light - dark > 20) coloured++;
    if (dark > 240) white++;
    sum = (sum * 31 + red) % 1_000_000_007;
  }
  return { width, height, lit, coloured, white, sum };
}

/** What the viewports show; none while the page changes. */
function viewports(page) {
  return page
    .evaluate(
      selector =>
        [...document.querySelectorAll(selector)]
          .filter(canvas => canvas.width >= 100)
          .map(canvas => count(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height))),
      CANVAS,
    )
    .catch(() => []);
}

/** What a person sees where an element is, however it is drawn. */
async function photo(page, selector) {
  const png = await page.locator(selector).first().screenshot();
  return page.evaluate(async base64 => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context.drawImage(picture, 0, 0);
    return count(context.getImageData(0, 0, picture.width, picture.height));
  }, png.toString('base64'));
}

/** Looks until there is what is waited for; what was seen then. */
async function until(page, what, seen, isEnough, limit = LIMIT_MS) {
  const end = Date.now() + limit;
  for (;;) {
    const now = await seen();
    if (isEnough(now)) return now;
    if (Date.now() > end) throw new Error(`no ${what}: ${JSON.stringify(now)}`);
    await page.waitForTimeout(100);
  }
}

/** Waits for pictures in so many viewports. */
function shown(page, count = 1) {
  return until(
    page,
    count === 1 ? 'image' : `${count} images`,
    () => viewports(page),
    all => all.length >= count && all.slice(0, count).every(one => one.lit > 1000),
  );
}

/** The tenant's DICOMweb beside a page of its viewer. */
function dicomWebOf(url) {
  const { pathname } = new URL(url);
  return `${pathname.slice(0, pathname.indexOf('/viewer'))}/dicom-web`;
}

module.exports = { CANVAS, LIMIT_MS, count, dicomWebOf, photo, shown, until, viewports, watch };
