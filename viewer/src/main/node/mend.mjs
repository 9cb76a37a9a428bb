// What OHIF 3.13.2 does wrong, mended here until its makers do it: mistakes that take the whole page with them, and what is done for
// nothing before the first image is there.
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
    // A series in the margin: the server's small picture of it, where there is one, before a frame that is fetched and drawn. OHIF
    // asks whenever another viewport is chosen.
    from: `      return options.getImageSrc(imageId);`,
    to: `      kept ??= fetchThumbnailObjectURL(thumbnailContext, 'thumbnail', config.wadoRoot, getAuthorizationHeader)
        .then(src => src ?? options.getImageSrc(imageId))
        .catch(failure => {
          kept = undefined;
          throw failure;
        });
      return kept;`,
  },
  {
    from: `  if (thumbnailRendering === 'wadors') {
    return function`,
    to: `  if (thumbnailRendering === 'wadors') {
    let kept;
    return function`,
  },
  {
    // Cornerstone's WebGL contexts, seven for each of its engines, of which most studies need one: each is made when it is needed.
    where: /^app\.bundle\./,
    from: `        for (let i = 0; i < count; i++) {
            const offscreenMultiRenderWindow = vtkClasses/* .vtkOffscreenMultiRenderWindow.newInstance */.Ig.newInstance();
            const container = document.createElement('div');
            offscreenMultiRenderWindow.setContainer(container);
            (0,attachWebGLContextEvents/* .attachWebGLContextEvents */.V)(offscreenMultiRenderWindow, renderingEngineId, i);
            this.contexts.push(offscreenMultiRenderWindow);
            this.offScreenCanvasContainers.push(container);
        }
    }
    getContextByIndex(index) {
        if (index >= 0 && index < this.contexts.length) {
`,
    to: `        this.contexts.length = count;
        this.make = i => {
            const offscreenMultiRenderWindow = vtkClasses/* .vtkOffscreenMultiRenderWindow.newInstance */.Ig.newInstance();
            const container = document.createElement('div');
            offscreenMultiRenderWindow.setContainer(container);
            (0,attachWebGLContextEvents/* .attachWebGLContextEvents */.V)(offscreenMultiRenderWindow, renderingEngineId, i);
            this.contexts[i] = offscreenMultiRenderWindow;
            this.offScreenCanvasContainers[i] = container;
        };
    }
    getContextByIndex(index) {
        if (index >= 0 && index < this.contexts.length) {
            if (!this.contexts[index]) this.make(index);
`,
  },
];

/** Mends a package, a map of its files by name; each place is known, and must be there once. */
export function mend(files) {
  for (const { where = /./, from, to } of MENDS) {
    const places = [...files.keys()].filter((name) => name.endsWith('.js') && where.test(name) && files.get(name).includes(from));
    const text = places.length === 1 ? files.get(places[0]).toString() : '';
    if (text.split(from).length !== 2) {
      throw new Error(`not in one place of the package: ${from}`);
    }
    files.set(places[0], Buffer.from(text.replace(from, () => to)));
  }
}
