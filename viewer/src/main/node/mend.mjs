// What OHIF 3.13.2 does wrong, mended here until its makers do it: mistakes that take the whole page with them, and frames in full
// size for pictures in the margin.
const MENDS = [
  {
    // A report has items without a concept name, such as a reference to an image (PS3.3 C.17.3.2.1: type 1C).
    from: `  const {
    CodeValue,
    CodeMeaning
  } = ConceptNameCodeSequence;`,
    to: `  const {
    CodeValue,
    CodeMeaning
  } = ConceptNameCodeSequence ?? { CodeMeaning: contentItem.ValueType };`,
  },
  {
    // A study of objects without a modality.
    from: `      for (let i = 0; i < ModalitiesInStudy.Value.length; i++) {`,
    to: `      for (let i = 0; i < (ModalitiesInStudy.Value?.length ?? 0); i++) {`,
  },
  {
    // A series in the margin: the server's small picture of it, where there is one, before a frame that is fetched and drawn.
    from: `      return options.getImageSrc(imageId);`,
    to: `      return fetchThumbnailObjectURL(thumbnailContext, 'thumbnail', config.wadoRoot, getAuthorizationHeader, options.signal).then(
        src => src ?? options.getImageSrc(imageId),
      );`,
  },
];

/** Mends a package, a map of its files by name; each place is known, and must be there once. */
export function mend(files) {
  for (const { from, to } of MENDS) {
    const places = [...files.keys()].filter((name) => name.endsWith('.js') && files.get(name).includes(from));
    const text = places.length === 1 ? files.get(places[0]).toString() : '';
    if (text.split(from).length !== 2) {
      throw new Error(`not in one place of the package: ${from}`);
    }
    files.set(places[0], Buffer.from(text.replace(from, () => to)));
  }
}
