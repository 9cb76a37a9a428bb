// What a web viewer does with npm's dicomweb-client; prints one JSON object: what was done -> what came back.
//   node client.cjs store URL FILE...
//   node client.cjs read URL STUDY SERIES INSTANCE SERIES_OF_COMPRESSED COMPRESSED
'use strict';
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
global.XMLHttpRequest = require('xhr2');
const { api } = require('dicomweb-client');

const [action, url, ...rest] = process.argv.slice(2);
const client = new api.DICOMwebClient({ url, verbose: false });
const found = {};

const sha256 = bytes => createHash('sha256').update(Buffer.from(bytes)).digest('hex');
const digests = parts => parts.map(sha256);

// The part that holds the data set begins after the file meta information: group 0002, with its length first.
function dataSet(part10) {
  const bytes = Buffer.from(part10);
  return sha256(bytes.subarray(132 + 12 + bytes.readUInt32LE(132 + 8)));
}

async function store(files) {
  const datasets = files.map(file => {
    const bytes = readFileSync(file);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  });
  const answer = JSON.parse(await client.storeInstances({ datasets }));
  found.stored = answer['00081199'].Value.length;
  found.failed = (answer['00081198']?.Value ?? []).length;
}

async function search(studyInstanceUID, seriesInstanceUID) {
  const uid = tag => each => each[tag].Value[0];
  const studies = await client.searchForStudies({
    queryParams: { StudyInstanceUID: studyInstanceUID, limit: 101, offset: 0, fuzzymatching: true },
  });
  found.studies = studies.map(uid('0020000D'));
  const series = await client.searchForSeries({ studyInstanceUID, queryParams: { Modality: 'CT' } });
  found.series = series.map(uid('0020000E')).sort();
  const instances = await client.searchForInstances({ studyInstanceUID, seriesInstanceUID });
  found.instances = instances.map(uid('00080018')).sort();
  found.nothing = await client.searchForStudies({ queryParams: { StudyInstanceUID: '1.2.3' } });
}

async function metadata(studyInstanceUID, seriesInstanceUID, sopInstanceUID) {
  found.studyMetadata = (await client.retrieveStudyMetadata({ studyInstanceUID })).length;
  found.seriesMetadata = (
    await client.retrieveSeriesMetadata({ studyInstanceUID, seriesInstanceUID })
  ).length;
  const instance = await client.retrieveInstanceMetadata({
    studyInstanceUID,
    seriesInstanceUID,
    sopInstanceUID,
  });
  const BulkDataURI = instance[0]['00281201'].BulkDataURI;
  found.bulkData = digests(await client.retrieveBulkData({ BulkDataURI }));
  const whole = [{ mediaType: 'application/octet-stream', transferSyntaxUID: '1.2.840.10008.1.2.1' }];
  found.bulkDataByMediaType = digests(await client.retrieveBulkData({ BulkDataURI, mediaTypes: whole }));
  const single = new api.DICOMwebClient({ url, verbose: false, singlepart: 'bulkdata' });
  found.bulkDataAlone = digests(await single.retrieveBulkData({ BulkDataURI }));
  const range = { Range: 'bytes=100-199' };
  found.bulkDataRange = digests(await single.retrieveBulkData({ BulkDataURI, headers: range }));
}

async function objects(ids) {
  found.instance = dataSet(await client.retrieveInstance(ids));
  found.seriesObjects = (await client.retrieveSeries(ids)).map(dataSet);
}

// What dicom-microscopy-viewer asks for, for each tile; and what others do.
const ANY = { mediaType: 'application/octet-stream', transferSyntaxUID: '*' };
const TILE = [
  { mediaType: 'image/jls', transferSyntaxUID: '1.2.840.10008.1.2.4.80' },
  { mediaType: 'image/jls', transferSyntaxUID: '1.2.840.10008.1.2.4.81' },
  { mediaType: 'image/jp2', transferSyntaxUID: '1.2.840.10008.1.2.4.90' },
  { mediaType: 'image/jp2', transferSyntaxUID: '1.2.840.10008.1.2.4.91' },
  { mediaType: 'image/jpx', transferSyntaxUID: '1.2.840.10008.1.2.4.92' },
  { mediaType: 'image/jpx', transferSyntaxUID: '1.2.840.10008.1.2.4.93' },
  ANY,
  { mediaType: 'image/jpeg', transferSyntaxUID: '1.2.840.10008.1.2.4.50' },
];

async function frames(ids, other) {
  const get = async (instance, frameNumbers, mediaTypes) =>
    digests(await client.retrieveInstanceFrames({ ...instance, frameNumbers, mediaTypes }));
  found.frames = await get(ids, [3, 1, 2]);
  found.framesAny = await get(ids, [1, 2, 3], [ANY]);
  const tiles = await Promise.all([1, 2, 3, 1, 2, 3].map(frame => get(ids, [frame], TILE)));
  found.tiles = tiles.flat();
  found.compressedTiles = (await Promise.all([1, 2].map(frame => get(other, [frame], TILE)))).flat();
  found.compressedLists = await get(other, [2, 1], TILE);
  found.compressedByType = await get(other, [1, 2], [{ mediaType: 'image/jls' }]);
  found.compressedByOldType = await get(other, [1, 2], [
    { mediaType: 'image/x-jls', transferSyntaxUID: '1.2.840.10008.1.2.4.80' },
  ]);
  found.compressedAny = await get(other, [1, 2], [ANY]);
  const refused = await get(other, [1], [{ mediaType: 'image/jp2' }]).catch(error => error.status);
  found.refused = refused;
}

async function rendered(ids) {
  // A picture that isn't a part comes as a list of one.
  const start = answer => Buffer.from([answer].flat()[0]).subarray(0, 4).toString('hex');
  found.rendered = start(await client.retrieveInstanceRendered(ids));
  const mediaTypes = [{ mediaType: 'image/png' }];
  found.renderedPng = start(await client.retrieveInstanceRendered({ ...ids, mediaTypes }));
  found.frameRendered = start(
    await client.retrieveInstanceFramesRendered({ ...ids, frameNumbers: [2], mediaTypes }),
  );
  found.thumbnail = start(await client.retrieveInstanceThumbnail(ids));
}

async function read(studyInstanceUID, seriesInstanceUID, sopInstanceUID, otherSeries, compressed) {
  const ids = { studyInstanceUID, seriesInstanceUID, sopInstanceUID };
  const other = { studyInstanceUID, seriesInstanceUID: otherSeries, sopInstanceUID: compressed };
  await search(studyInstanceUID, seriesInstanceUID);
  await metadata(studyInstanceUID, seriesInstanceUID, sopInstanceUID);
  await objects(ids);
  await frames(ids, other);
  await rendered(ids);
}

(action === 'store' ? store(rest) : read(...rest)).then(
  () => console.log(JSON.stringify(found)),
  error => {
    console.error(error, 'after', found);
    process.exit(1);
  },
);
