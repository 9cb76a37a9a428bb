// Reads tar archives as npm makes them (POSIX.1-1988 ustar).
const BLOCK = 512;

/** Name and bytes of each regular file of an archive. */
export function* filesOf(archive) {
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    const header = archive.subarray(at, at + BLOCK);
    const size = Number.parseInt(text(header, 124, 12), 8);
    const type = text(header, 156, 1);
    if (Number.isNaN(size) || !['', '0', '5'].includes(type)) {
      throw new Error(`an entry at ${at} that isn't a file or a folder: type '${type}'`);
    }
    const prefix = text(header, 345, 155);
    const name = text(header, 0, 100);
    at += BLOCK;
    if (type !== '5') {
      yield [prefix ? `${prefix}/${name}` : name, archive.subarray(at, at + size)];
    }
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
}

function text(header, from, length) {
  const bytes = header.subarray(from, from + length);
  const end = bytes.indexOf(0);
  return bytes
    .subarray(0, end < 0 ? length : end)
    .toString('utf8')
    .trim();
}
