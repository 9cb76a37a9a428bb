// What the viewer loads until it shows a CT, as a browser told (PACS_BENCH_LOADS=1 ./pacs bench viewer): chunks by the numbers that
// OHIF's build gave them. The start page has browsers get these ahead; StartPageIT in deploy/standalone fails when one is missing.
const CHUNKS =
  '89 100 781 899 1180 1206 1483 1673 2623 2779 3500 3760 3833 4683 5406 5448 5696 5910 6214 6489 6495 6749 6938 7248 7463 7499' +
  ' 8097 8478 8492 9068 9116 9290 9383 9415';
const OTHERS = [/^app\.bundle\.[0-9a-f]+\.js$/, /^app\.bundle\.css$/, /^histogram-worker\.bundle\.[0-9a-f]+\.js$/, /^[0-9a-f]+\.woff2$/];

/** Names of these files, the largest, without which nothing begins, first; each must be there. */
export function ahead(names) {
  const chunks = CHUNKS.split(' ').map((number) => new RegExp(`^${number}\\.(bundle\\.[0-9a-f]+\\.js|css)$`));
  return [...OTHERS, ...chunks].flatMap((pattern) => {
    const found = names.filter((name) => pattern.test(name)).sort();
    if (found.length === 0) {
      throw new Error(`the package has no ${pattern}, which a study needs`);
    }
    return found;
  });
}
