// A measurement that becomes a report.
'use strict';
const { CANVAS, shown } = require('./seeing.cjs');
const { load, openSeries } = require('./objects.cjs');

const ROW = '[data-cy="data-row"]';

/** Measures a length, and stores it as DICOM SR by the viewer's own dialog. */
async function measure({ page, url, shoot, found }, name) {
  await page.goto(url);
  await shown(page);
  await page.locator('[data-cy="MeasurementTools-split-button-primary"]').click();
  await drag(page, [0.4, 0.4], [0.6, 0.5]);
  await page.locator('[data-cy="prompt-begin-tracking-yes-btn"]').click();
  await openPanel(page);
  found.millimetres = await millimetres(page);
  await page.getByRole('button', { name: 'Create SR' }).click();
  await page.locator('[data-cy="dialog-input"]').fill(name);
  const [answer] = await Promise.all([
    page.waitForResponse(one => one.request().method() === 'POST'),
    page.locator('[data-cy="input-dialog-save-button"]').click(),
  ]);
  found.stored = await answer.json();
  await page.waitForLoadState('networkidle');
  await shoot('measured');
}

async function openPanel(page) {
  await page.locator('[data-cy="trackedMeasurements-btn"]').click();
}

// Of the only row of the panel, as it is written beside the line.
async function millimetres(page) {
  await page.locator(ROW).waitFor();
  return parseFloat(await page.locator('svg.svg-layer text', { hasText: ' mm' }).textContent());
}

// By parts of the picture's width and height.
async function drag(page, from, to) {
  const box = await page.locator(CANVAS).first().boundingBox();
  const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 5 });
  await page.mouse.up();
}

/** Opens a study's report, and has its measurements loaded. */
async function report({ page, url, shoot, found }) {
  await page.goto(url);
  await shown(page);
  await openSeries(page, 'SR');
  await load(page);
  await openPanel(page);
  found.millimetres = await millimetres(page);
  await page.waitForLoadState('networkidle');
  await shoot('report');
}

module.exports = { measure, report };
