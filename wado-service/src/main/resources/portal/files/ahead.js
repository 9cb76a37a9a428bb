// Makes the viewer ready while somebody looks at the list, so that the first study opens as fast as all others.
'use strict';

(() => {
  const ahead = document.getElementById('ahead');
  if (!ahead || navigator.connection?.saveData) return;
  const UNTOUCHED_MS = 3000;
  const SETTLED_MS = 2000;
  const LIMIT_MS = 60_000;
  const DONE = 'viewer-ahead';
  const { build } = ahead.dataset;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  let touched = 0;
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'drop']) {
    addEventListener(type, () => (touched = performance.now()), { capture: true, passive: true });
  }

  // One after the other, so that what the page itself asks for never waits long.
  async function fetchFiles() {
    for (const link of ahead.content.querySelectorAll('link')) {
      const answer = await fetch(link.getAttribute('href'), { priority: 'low' });
      await answer.arrayBuffer();
    }
  }

  // Nobody shall feel that scripts run for a moment.
  async function untouched() {
    while (performance.now() - touched < UNTOUCHED_MS) await pause(200);
    await new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done));
  }

  // Opens the viewer unseen at an address that shows nothing, and waits until it is at rest.
  async function rehearse() {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.src = 'viewer/ahead';
    const end = performance.now() + LIMIT_MS;
    document.body.append(frame);
    try {
      let [loaded, since] = [-1, 0];
      while (performance.now() < end) {
        await pause(200);
        const root = frame.contentDocument?.getElementById('root');
        const now = frame.contentWindow?.performance.getEntriesByType('resource').length;
        if (now !== loaded || !root?.hasChildNodes()) [loaded, since] = [now, performance.now()];
        else if (performance.now() - since > SETTLED_MS) return true;
      }
      return false;
    } finally {
      frame.remove();
    }
  }

  const known = () => {
    try {
      return localStorage.getItem(DONE) === build;
    } catch {
      return true; // a browser that keeps nothing
    }
  };

  async function prepare() {
    await fetchFiles();
    if (build && !known()) {
      // Browsers keep what they compiled of a script when it runs for the second time.
      for (let run = 0; run < 2; run++) {
        await untouched();
        if (!(await rehearse())) return;
      }
      localStorage.setItem(DONE, build);
    }
    document.documentElement.dataset.viewer = 'ready';
  }

  // Offline, or a server that is going: the viewer comes when it is opened.
  addEventListener('load', () => prepare().catch(() => {}));
})();
