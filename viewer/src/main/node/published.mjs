// Packages as npm's registry has them: fetched once, compared with the SHA-512 that they had, and kept.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { filesOf } from './tar.mjs';

const FETCH_LIMIT_MS = 10 * 60 * 1000;

/** Why a package, and what needs it, isn't in this build. */
export class LeftOut extends Error {}

/**
 * The archive of a package, checked; an Error when it isn't what it was, LeftOut when it can't be had.
 *
 * @param cache folder where it is kept
 * @param {name, what, version, sha512} which one, and what it is in messages
 * @param offline whether npm must not be asked
 */
export function published(cache, { name, what, version, sha512 }, offline) {
  const file = path.join(cache, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  if (!fs.existsSync(file)) {
    if (offline) {
      throw new LeftOut(`it was built offline, and ${what} (${name}) had not been fetched before.`);
    }
    fetchTo(file, cache, `${name}@${version}`, what);
  }
  const found = createHash('sha512').update(fs.readFileSync(file)).digest('hex');
  if (found !== sha512) {
    fs.rmSync(file);
    throw new Error(`${name} ${version} isn't what it was: its SHA-512 is ${found}`);
  }
  return file;
}

/** Name and bytes of each of its files. */
export function contents(file) {
  return filesOf(gunzipSync(fs.readFileSync(file)));
}

function fetchTo(file, cache, spec, what) {
  const folder = fs.mkdtempSync(path.join(cache, 'fetch-'));
  try {
    const options = ['--ignore-scripts', '--silent', '--fetch-retries=1', '--fetch-timeout=30000'];
    const name = execFileSync('npm', ['pack', spec, ...options], {
      cwd: folder,
      encoding: 'utf8',
      timeout: FETCH_LIMIT_MS,
    });
    fs.renameSync(path.join(folder, name.trim()), file);
  } catch (failure) {
    throw new LeftOut(
      failure.code === 'ENOENT'
        ? "npm wasn't there when it was built."
        : `npm couldn't fetch ${what} when it was built; it needs the network the first time.`,
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
