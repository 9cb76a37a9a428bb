// What the page does beside htmx: sends files by STOW-RS, tells how long ago, says what went wrong.
'use strict';

(() => {
  const $ = (id) => document.getElementById(id);
  const language = document.documentElement.lang;

  // --- How long ago ---
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const ARRIVING_SECONDS = 10;

  function tellTimes() {
    for (const time of document.querySelectorAll('time[datetime]')) {
      const then = new Date(time.dateTime);
      const seconds = Math.max(0, Math.round((Date.now() - then) / 1000));
      const minutes = Math.round(seconds / 60);
      time.title = then.toLocaleString(language);
      if (seconds < 60) time.textContent = ago.format(-seconds, 'second');
      else if (minutes < 60) time.textContent = ago.format(-minutes, 'minute');
      else time.textContent = then.toLocaleString(language, { dateStyle: 'short', timeStyle: 'short' });
      time.closest('li')?.classList.toggle('arriving', seconds < ARRIVING_SECONDS);
    }
  }
  setInterval(tellTimes, 1000);
  document.addEventListener('htmx:afterSwap', tellTimes);

  // --- Counts are made two seconds after the last image: the list is asked for once more then ---
  let settling;
  document.addEventListener('arrived', () => {
    clearTimeout(settling);
    settling = setTimeout(() => htmx.trigger(document.body, 'settled'), 4000);
  });

  // --- Troubles ---
  const trouble = $('trouble');
  let troubled; // the part of the page whose request failed: only when that one succeeds all is well again
  const say = (text) => {
    trouble.textContent = text;
    trouble.hidden = !text;
  };
  const failed = (event, text) => {
    troubled = event.detail.target?.id;
    if (troubled === 'studies') {
      // What is listed isn't what was asked for: nobody may take it for that.
      $('studies').classList.add('stale');
      text = `${text} ${trouble.dataset.stale}`;
    }
    say(text);
  };
  document.addEventListener('htmx:afterRequest', ({ detail }) => {
    if (detail.successful && detail.target?.id === troubled) {
      troubled = undefined;
      say('');
    }
  });
  document.addEventListener('htmx:sendError', (event) => failed(event, trouble.dataset.away));
  document.addEventListener('htmx:timeout', (event) => failed(event, trouble.dataset.away));
  document.addEventListener('htmx:responseError', (event) =>
    failed(event, reason(event.detail.xhr, trouble.dataset.failed)),
  );

  function reason(xhr, otherwise) {
    try {
      return JSON.parse(xhr.responseText).detail || otherwise;
    } catch {
      return `${otherwise} (${xhr.status})`;
    }
  }

  // --- Sending files ---
  const upload = $('upload');
  const text = (name, values = {}) =>
    Object.entries(values).reduce((all, [key, value]) => all.replace(`%${key}%`, value), upload.dataset[name]);
  // What one request carries: when it breaks off, so much is sent again at most.
  const MOST_FILES = 50;
  const MOST_BYTES = 64 * 1024 * 1024;
  const MOST_TOLD = 20;
  // A request that didn't come through is sent again: what is stored already stays as it is.
  const PAUSES_MS = [1000, 4000, 10000];
  const waiting = [];
  let current;

  const dragged = (event) => event.dataTransfer?.types.includes('Files');
  document.addEventListener('dragover', (event) => {
    if (!dragged(event)) return;
    event.preventDefault();
    upload.classList.add('over');
  });
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) upload.classList.remove('over');
  });
  document.addEventListener('drop', (event) => {
    if (!dragged(event)) return;
    event.preventDefault();
    upload.classList.remove('over');
    // Entries must be taken before the event is over.
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    start(() => filesOf(entries));
  });
  for (const id of ['files', 'folder']) {
    $(id).addEventListener('change', (event) => {
      const files = [...event.target.files];
      event.target.value = '';
      start(() => files);
    });
  }
  $('sending').querySelector('button').addEventListener('click', () => current?.cancel());
  window.addEventListener('beforeunload', (event) => {
    if (current) event.preventDefault();
  });

  async function filesOf(entries, files = []) {
    for (const entry of entries) {
      if (entry.isFile) {
        files.push(await new Promise((done, failed) => entry.file(done, failed)));
      } else {
        const reader = entry.createReader();
        // It gives a hundred at a time.
        for (;;) {
          const some = await new Promise((done, failed) => reader.readEntries(done, failed));
          if (some.length === 0) break;
          await filesOf(some, files);
        }
      }
    }
    return files;
  }

  // PS3.10 7.1: a preamble of 128 bytes, then DICM. A DICOMDIR is one too, and no object.
  async function isObject(file) {
    if (file.size < 132 || file.name.toUpperCase() === 'DICOMDIR') return false;
    const mark = new Uint8Array(await file.slice(128, 132).arrayBuffer());
    return String.fromCharCode(...mark) === 'DICM';
  }

  async function start(list) {
    const files = Promise.resolve(list());
    if (current) {
      files.catch(() => {}); // told when it is its turn
      waiting.push(files);
      return;
    }
    current = new Sending();
    $('sending').hidden = false;
    $('refused').replaceChildren();
    try {
      await current.send(files);
      for (let next = waiting.shift(); next && !current.cancelled; next = waiting.shift()) await current.send(next);
    } catch (problem) {
      current.broken = text('broken', { why: problem.message });
    } finally {
      waiting.length = 0;
      current.tell();
      $('sending').hidden = true;
      current = undefined;
      htmx.trigger(document.body, 'settled');
    }
  }

  class Sending {
    constructor() {
      this.cancelled = false;
      this.stored = 0;
      this.objects = 0;
      this.left = 0;
      this.refused = [];
    }

    cancel() {
      this.cancelled = true;
      this.request?.abort();
    }

    async send(list) {
      $('sent').textContent = text('ready');
      const objects = [];
      for (const file of await list) {
        if (this.cancelled) break;
        try {
          if (await isObject(file)) objects.push(file);
          else this.left++;
        } catch {
          this.refused.push(`${file.name}: ${text('unreadable')}`);
        }
      }
      this.objects += objects.length;
      const all = objects.reduce((sum, file) => sum + file.size, 0);
      let files_sent = 0;
      let bytes_sent = 0;
      for (const batch of batches(objects)) {
        if (this.cancelled) break;
        this.progress(files_sent, objects.length, bytes_sent, all);
        await this.insist(batch, (loaded) => this.progress(files_sent, objects.length, bytes_sent + loaded, all));
        files_sent += batch.length;
        bytes_sent += batch.reduce((sum, file) => sum + file.size, 0);
      }
    }

    async insist(batch, onProgress) {
      for (const pause of PAUSES_MS) {
        try {
          return await this.post(batch, onProgress);
        } catch (problem) {
          if (!problem.again || this.cancelled) throw problem;
          await new Promise((done) => setTimeout(done, pause));
        }
      }
      return this.post(batch, onProgress);
    }

    progress(files, ofFiles, bytes, ofBytes) {
      $('sending').querySelector('progress').value = ofBytes ? Math.min(100, (100 * bytes) / ofBytes) : 0;
      $('sent').textContent = text('sending', { sent: files, all: ofFiles });
    }

    tell() {
      const said = [];
      if (this.broken) said.push(this.broken);
      else if (this.cancelled) said.push(text('cancelled'));
      else if (this.objects === 0 && this.refused.length === 0) said.push(text('none'));
      if (this.stored) said.push(text('done', { stored: this.stored }));
      if (this.left && this.objects) said.push(text('other', { count: this.left }));
      if (this.refused.length) said.push(text('refused', { count: this.refused.length }));
      $('sent').textContent = said.join(' ');
      $('refused').replaceChildren(
        ...this.refused.slice(0, MOST_TOLD).map((why) => {
          const line = document.createElement('li');
          line.textContent = why;
          return line;
        }),
      );
    }

    // STOW-RS (PS3.18 10.5). The browser reads the files from disk as they go out.
    post(files, onProgress) {
      const boundary = `pacs-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
      const parts = [];
      for (const file of files) {
        parts.push(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`, file, '\r\n');
      }
      parts.push(`--${boundary}--\r\n`);
      return new Promise((done, failed) => {
        const request = new XMLHttpRequest();
        this.request = request;
        request.open('POST', 'dicom-web/studies');
        request.setRequestHeader('Content-Type', `multipart/related; type="application/dicom"; boundary=${boundary}`);
        request.setRequestHeader('Accept', 'application/dicom+json');
        request.upload.onprogress = (event) => onProgress(event.loaded);
        request.onerror = () => failed(Object.assign(new Error(text('unreachable')), { again: true }));
        request.onabort = () => done();
        request.onload = () => {
          // 409: some or all were refused, and the answer says which.
          if ([200, 202, 409].includes(request.status)) {
            try {
              this.count(JSON.parse(request.responseText));
              done();
              return;
            } catch {
              // Told below.
            }
          }
          const why = new Error(reason(request, trouble.dataset.failed));
          failed(Object.assign(why, { again: request.status === 503 }));
        };
        request.send(new Blob(parts));
      });
    }

    // PS3.18 table 10.5.3-1: what was stored, what failed, and what couldn't even be named.
    count(answer) {
      const items = (tag) => answer[tag]?.Value ?? [];
      const value = (item, tag) => item[tag]?.Value?.[0];
      this.stored += items('00081199').length;
      for (const item of [...items('00081198'), ...items('0008119A')]) {
        const code = Number(value(item, '00081197') ?? 0);
        const name = value(item, '00081155') ?? '';
        this.refused.push(`${name} 0x${code.toString(16).padStart(4, '0').toUpperCase()}`);
      }
    }
  }

  function* batches(files) {
    let batch = [];
    let bytes = 0;
    for (const file of files) {
      if (batch.length && (batch.length === MOST_FILES || bytes + file.size > MOST_BYTES)) {
        yield batch;
        batch = [];
        bytes = 0;
      }
      batch.push(file);
      bytes += file.size;
    }
    if (batch.length) yield batch;
  }
})();
