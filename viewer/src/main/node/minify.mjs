// Makes scripts small: OHIF is published as its developers read it, and a browser parses all of that before it shows a study.
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { contents } from './published.mjs';

/** In WebAssembly: the same package for every machine, and nothing is installed. */
export const MINIFIER = {
  name: 'esbuild-wasm',
  what: 'the minifier of its scripts',
  version: '0.28.2',
  sha512:
    '19c715c21bf79a63945501c2426d8ec7fadbcbc9ff12a530bd9c44e8f8df8a4aeafe55b0f60f565ffbbd1329169e9a2ddcaa3a8f8dba0e041d79adb158a20040',
};
// The language stays as it is: what the published build needs, this one needs. Comments about licences go to the end.
const OPTIONS = { minify: true, target: 'esnext', charset: 'utf8', legalComments: 'eof' };

/**
 * Minifies scripts of a package, a map of its files by name.
 *
 * @param archive of the minifier
 * @param folder that it may be unpacked in
 * @param isScript says which files are minified
 */
export async function minify(files, archive, folder, isScript) {
  for (const [name, bytes] of contents(archive)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
  }
  const esbuild = createRequire(import.meta.url)(path.resolve(folder, 'package/lib/main.js'));
  try {
    for (const [name, bytes] of [...files].filter(([name]) => isScript(name))) {
      const { code } = await esbuild.transform(bytes.toString(), { ...OPTIONS, sourcefile: name });
      files.set(name, Buffer.from(code));
    }
  } finally {
    await esbuild.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
