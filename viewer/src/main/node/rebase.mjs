// What of OHIF's build is kept, and how it is made to lie anywhere: published, it wants to be at the root of a host.
// wado-service serves its files at a path that changes with every build of them (so that browsers may keep them for
// ever), and its page at one path a tenant. Where they are, the page says by window.PUBLIC_URL (in app-config.js).

// Not kept: the runtime of segmentation by neural networks (136 MB), source maps, splash images, OHIF's own
// configuration, and what fetches code from other hosts (service worker, silent-refresh.html and what that needs).
const UNWANTED = [
  /^ort\//,
  /\.map$/,
  /^assets\/apple-touch-startup-image-/,
  /^customizations\//,
  /^(app-config|google|sw|init-service-worker|es6-shim\.min|polyfill\.min|oidc-client\.min)\.js$/,
  /^(silent-refresh\.html|serve\.json|_headers|_redirects)$/,
];

/** Whether a file of the package is kept. */
export function isWanted(name) {
  if (name === 'package/LICENSE') {
    return true;
  }
  const inside = /^package\/dist\/(.+)$/.exec(name)?.[1];
  return inside !== undefined && !UNWANTED.some((pattern) => pattern.test(inside));
}

/** A file with its paths put right; each place is known, and must be there. */
export function moved(name, bytes) {
  const file = name.replace(/^package\/dist\//, '');
  if (/^[^/]+\.js$/.test(file)) {
    return script(file, bytes);
  }
  if (/^[^/]+\.css$/.test(file)) {
    // From the style sheet, which lies beside them.
    return Buffer.from(bytes.toString().replace(/url\(\/(?!\/)/g, 'url('));
  }
  if (/^(manifest\.json|assets\/(browserconfig\.xml|manifest\.webapp|yandex-browser-manifest\.json))$/.test(file)) {
    const up = file.startsWith('assets/') ? '' : 'assets/';
    return Buffer.from(bytes.toString().replaceAll('"/assets/', `"${up}`));
  }
  return bytes;
}

function script(file, bytes) {
  let text = bytes.toString();
  // Workers have no page that tells them; they lie beside what they load.
  text = text.replace(
    '__webpack_require__.p = "/"',
    '__webpack_require__.p = self.PUBLIC_URL || new URL(".", self.location.href).href',
  );
  if (file.startsWith('app.bundle.')) {
    demand(text, 'self.PUBLIC_URL ||', file);
    const from = "browserImportFunction('/dicom-microscopy-viewer/";
    demand(text, from, file);
    text = text.replace(from, "browserImportFunction(window.PUBLIC_URL + 'dicom-microscopy-viewer/");
  }
  return Buffer.from(text);
}

/**
 * The page, where @files@ stands for the path of the files and @page@ for that of the page, both with a slash at the
 * end: only in attributes.
 */
export function index(html) {
  const page = html
    .replace(/<link rel="apple-touch-startup-image"[^>]*>/g, '')
    .replace(/<script [^>]*src="\/init-service-worker\.js"><\/script>/, '')
    .replaceAll(/,?window\.PUBLIC_URL="\/"/g, '')
    .replace('src="/app-config.js"', 'src="@page@app-config.js"')
    .replace(/\b(src|href|content)="\/(?!\/)/g, '$1="@files@');
  for (const wanted of ['src="@page@app-config.js"', 'src="@files@app.bundle.', 'function browserImportFunction']) {
    demand(page, wanted, 'index.html');
  }
  for (const unwanted of ['PUBLIC_URL', 'service-worker', 'startup-image']) {
    if (page.includes(unwanted)) {
      throw new Error(`index.html still has ${unwanted}`);
    }
  }
  return page;
}

function demand(text, wanted, file) {
  if (!text.includes(wanted)) {
    throw new Error(`${file} has no ${wanted}`);
  }
}
