// Packs OHIF for wado-service: node pack.mjs OUT [offline]
//
// npm brings the published package, its SHA-512 is compared, what isn't needed is left out, its paths are made to lie
// where wado-service serves them, its scripts are minified, and every file that gains by it is compressed beforehand.
// Packages and result stay in the user's cache, so that this is done once a version; with the result there neither npm
// nor a network is needed.
//
// OUT/manifest.json  what there is, see below; OUT/files/...  the files
// OUT/left-out.txt   instead: why there is no viewer in this build. That is no failure; a wrong checksum is one.
//
// Without the minifier the scripts stay as published, under a key of its own, until a build can have it.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { ahead } from './ahead.mjs';
import { mend } from './mend.mjs';
import { MINIFIER, minify } from './minify.mjs';
import { LeftOut, contents, published } from './published.mjs';
import { index, isWanted, moved } from './rebase.mjs';

const OHIF = {
  name: '@ohif/app',
  what: 'the viewer',
  version: '3.13.2',
  sha512:
    '5997719a9986eeba85816f5924b71b82bdd70ad2e2d4a0cd3e831a798e4f3deea3e06e1f8c48e393271933a0ba664d85f3b04ac457e9abe8dde715d907d13c10',
};
// Chunks and workers; what lies deeper is minified as published.
const SCRIPT = /^[^/]+\.js$/;

// Media types by extension; those that are listed twice gain nothing by compression.
const TYPES = {
  css: 'text/css;charset=utf-8',
  html: 'text/html;charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript;charset=utf-8',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain;charset=utf-8',
  wasm: 'application/wasm',
  webapp: 'application/json',
  woff2: 'font/woff2',
  xml: 'application/xml',
};
// Longer than any build takes.
const LEFT_BEHIND_MS = 60 * 60 * 1000;
const COMPRESSED_ALREADY = new Set(['ico', 'png', 'woff2']);

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

const [out, offline] = process.argv.slice(2);
const key = buildKey();
if (keyOf(out) !== key) {
  await pack();
}

/** Another one for every change of what is packed or how: the result is cached by it, and named by it in URLs. */
function buildKey() {
  const sum = createHash('sha256').update(OHIF.sha512);
  for (const file of ['pack.mjs', 'ahead.mjs', 'mend.mjs', 'minify.mjs', 'published.mjs', 'rebase.mjs', 'tar.mjs']) {
    sum.update(fs.readFileSync(new URL(file, import.meta.url)));
  }
  return `${OHIF.version}-${sum.digest('hex').slice(0, 10)}`;
}

function keyOf(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'))).key;
  } catch {
    return undefined;
  }
}

async function pack() {
  fs.rmSync(out, { recursive: true, force: true });
  try {
    const cache = cacheFolder();
    sweep(cache);
    const result = keyOf(path.join(cache, key)) === key ? path.join(cache, key) : await madeIn(cache);
    fs.cpSync(result, out, { recursive: true });
  } catch (failure) {
    if (!(failure instanceof LeftOut)) {
      throw failure;
    }
    fs.mkdirSync(out, { recursive: true });
    fs.writeFileSync(path.join(out, 'left-out.txt'), failure.message);
    console.error(`The viewer is left out of this build: ${failure.message}`);
  }
}

/** Makes the result, or takes the one without a minifier that there is. */
async function madeIn(cache) {
  const ohif = published(cache, OHIF, offline === 'true');
  const minifier = minifierIn(cache);
  const itsKey = minifier ? key : `${key}-plain`;
  const result = path.join(cache, itsKey);
  if (keyOf(result) !== itsKey) {
    await make(result, itsKey, ohif, minifier);
  }
  if (minifier) {
    fs.rmSync(path.join(cache, `${key}-plain`), { recursive: true, force: true });
  }
  return result;
}

function minifierIn(cache) {
  try {
    return published(cache, MINIFIER, offline === 'true');
  } catch (failure) {
    if (!(failure instanceof LeftOut)) {
      throw failure;
    }
    console.error(`The viewer's scripts aren't minified in this build, so it opens more slowly: ${failure.message}`);
    return undefined;
  }
}

/** Removes what builds that were killed left behind. */
function sweep(cache) {
  for (const name of fs.readdirSync(cache).filter((each) => /^(half|fetch)-/.test(each))) {
    const folder = path.join(cache, name);
    try {
      if (fs.statSync(folder).mtimeMs < Date.now() - LEFT_BEHIND_MS) {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    } catch {
      // Another build's, which is just ready, or another user's.
    }
  }
}

function cacheFolder() {
  const caches = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  const cache = process.env.PACS_CACHE || path.join(caches, 'regional-pacs');
  for (const folder of [path.join(cache, 'viewer'), path.resolve(out, '../../viewer-cache')]) {
    try {
      fs.mkdirSync(folder, { recursive: true });
      fs.accessSync(folder, fs.constants.W_OK);
      return folder;
    } catch {
      // A user without a home of its own.
    }
  }
  throw new LeftOut('no folder can be written that it could be kept in.');
}

async function make(result, itsKey, ohif, minifier) {
  const half = fs.mkdtempSync(path.join(path.dirname(result), 'half-'));
  try {
    fs.chmodSync(half, 0o755);
    await fill(half, itsKey, ohif, minifier);
    fs.rmSync(result, { recursive: true, force: true });
    fs.renameSync(half, result);
  } finally {
    fs.rmSync(half, { recursive: true, force: true });
  }
}

async function fill(half, itsKey, ohif, minifier) {
  const packed = new Map();
  for (const [name, bytes] of contents(ohif)) {
    if (isWanted(name)) {
      packed.set(name.replace(/^package\/(dist\/)?/, ''), moved(name, bytes));
    }
  }
  mend(packed);
  if (minifier) {
    await minify(packed, minifier, path.join(half, 'minifier'), (name) => SCRIPT.test(name));
  }
  const files = {};
  fs.writeFileSync(path.join(half, 'index.html'), index(packed.get('index.html').toString()));
  packed.delete('index.html');
  packed.set('LICENSE.txt', packed.get('LICENSE'));
  packed.delete('LICENSE');
  await Promise.all(
    [...packed].map(async ([name, bytes]) => {
      files[name] = await write(path.join(half, 'files'), name, bytes);
    }),
  );
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { version } = OHIF;
  const manifest = { key: itsKey, name: 'OHIF Viewer', version, ahead: ahead(Object.keys(sorted)), files: sorted };
  fs.writeFileSync(path.join(half, 'manifest.json'), JSON.stringify(manifest, null, 1));
}

/** {type, size, gzip, br}: bytes as they are and, of those that are kept only so, in each coding. */
async function write(folder, name, bytes) {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const type = TYPES[extension];
  if (type === undefined) {
    throw new Error(`${name}: what media type is that?`);
  }
  const target = path.join(folder, name);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  if (COMPRESSED_ALREADY.has(extension)) {
    fs.writeFileSync(target, bytes);
    return { type, size: bytes.length };
  }
  const params = {
    [zlib.constants.BROTLI_PARAM_QUALITY]: 9, // 11 takes minutes for another 8 percent
    [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
    [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const [gz, br] = await Promise.all([gzip(bytes, { level: 9 }), brotli(bytes, { params })]);
  fs.writeFileSync(`${target}.gz`, gz);
  fs.writeFileSync(`${target}.br`, br);
  return { type, size: bytes.length, gzip: gz.length, br: br.length };
}
