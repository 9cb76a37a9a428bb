// Makes the viewer ready while somebody looks at the list, so that the first study opens as fast as all others.
'use strict';

(() => {
  const ahead = document.getElementById('ahead');
  if (!ahead || navigator.connection?.saveData) return;
  const UNTOUCHED_MS = 3000;
  const SETTLED_MS = 2000;
  const LIMIT_MS = 60_000;
  const KEPT = 'viewer-ahead';
  // Browsers keep what they compiled of a script when it runs for the second time.
  const RUNS = 2;
  // What a browser can't do twice it won't do at the next visit.
  const TRIES = 2;
  // Nobody who works with the page all the time wants it begun each time he rests.
  const STOPS = 5;
  const { build } = ahead.dataset;
  const weak = navigator.deviceMemory < 4 || navigator.hardwareConcurrency < 2;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  let touched = 0;
  let opened = false; // by the reader: what it takes is for that one now
  let stops = 0;
  let stop = () => {};

  // Who comes back from a study is about to open the next one.
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'drop', 'visibilitychange']) {
    const note = () => {
      touched = performance.now();
      stop();
    };
    addEventListener(type, note, { capture: true, passive: true });
  }
  for (const type of ['click', 'auxclick']) {
    addEventListener(type, ({ target }) => target.closest?.('a[href^="viewer/"]') && open(), { capture: true });
  }

  // How far this build is: runs that were done, and those that began and didn't end, also as the browser did.
  function state() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT));
      if (kept?.build === build) return kept;
    } catch {
      // Another build's, or nothing is kept here, which the first change will say.
    }
    return { build, runs: 0, failed: 0 };
  }

  function change(by) {
    const { runs, failed } = state();
    localStorage.setItem(KEPT, JSON.stringify({ build, runs: runs + (by.runs ?? 0), failed: failed + (by.failed ?? 0) }));
  }

  // That is a run, too.
  function open() {
    opened = true;
    stop();
    try {
      if (build) change({ runs: 1 });
    } catch {
      // Nothing is kept.
    }
  }

  // One after the other, so that what the page itself asks for never waits long.
  async function fetchFiles() {
    for (const link of ahead.content.querySelectorAll('link')) {
      const answer = await fetch(link.getAttribute('href'), { priority: 'low' });
      await answer.arrayBuffer();
    }
  }

  // Nobody shall feel that scripts run for a moment, nor shall they take anything from a study in another tab.
  async function untouched() {
    for (;;) {
      if (document.hidden) await new Promise((done) => addEventListener('visibilitychange', done, { once: true }));
      while (performance.now() - touched < UNTOUCHED_MS) await pause(200);
      await new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done));
      if (!document.hidden) return;
    }
  }

  // Opens the viewer unseen at an address that shows nothing, and waits until it is at rest, somebody comes, or it took too long.
  async function rehearse() {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.src = 'viewer/ahead';
    const end = performance.now() + LIMIT_MS;
    let stopped = false;
    change({ failed: 1 });
    // At once: a page that is left has no time for more.
    stop = () => {
      stop = () => {};
      stopped = true;
      stops++;
      frame.remove();
      change({ failed: -1 });
    };
    document.body.append(frame);
    try {
      let [loaded, since] = [-1, 0];
      while (performance.now() < end) {
        await pause(200);
        if (stopped) return;
        const root = frame.contentDocument?.getElementById('root');
        const now = frame.contentWindow?.performance.getEntriesByType('resource').length;
        if (now !== loaded || !root?.hasChildNodes()) [loaded, since] = [now, performance.now()];
        else if (performance.now() - since > SETTLED_MS) {
          change({ runs: 1, failed: -1 });
          return;
        }
      }
    } finally {
      stop = () => {};
      frame.remove();
    }
  }

  async function prepare() {
    await fetchFiles();
    while (build && !weak && state().runs < RUNS) {
      if (opened || state().failed >= TRIES || stops >= STOPS) return;
      await untouched();
      if (!opened && state().runs < RUNS) await rehearse();
    }
    document.documentElement.dataset.viewer = 'ready';
  }

  // Offline, a browser that keeps nothing, or a server that is going: the viewer comes when it is opened.
  addEventListener('load', () => prepare().catch(() => {}));
})();
