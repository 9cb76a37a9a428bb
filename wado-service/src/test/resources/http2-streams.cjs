// Asks for one resource many times at once, on one HTTP/2 connection, and says how the answers came:
// "TIMES x STATUS BYTES", those that are alike together. The bytes are those behind the head of the part, up to its end.
// node http2-streams.cjs http://host:port PATH ACCEPT STREAMS
const http2 = require('node:http2');
const crypto = require('node:crypto');

const [origin, path, accept, count] = process.argv.slice(2);
const connection = http2.connect(origin);
const answers = new Map();
let left = Number(count);

function note(answer) {
  answers.set(answer, (answers.get(answer) || 0) + 1);
}

function sha256(body) {
  const start = body.indexOf('\r\n\r\n') + 4;
  const end = body.lastIndexOf('\r\n--');
  return crypto.createHash('sha256').update(body.subarray(start, end)).digest('hex');
}

connection.on('error', error => note(`connection ${error.message}`));
for (let i = 0; i < Number(count); i++) {
  const stream = connection.request({':path': path, accept});
  const pieces = [];
  let status = 0;
  stream.on('response', headers => { status = headers[':status']; });
  stream.on('data', bytes => pieces.push(bytes));
  stream.on('error', error => note(`stream ${error.message}`));
  stream.on('close', () => {
    note(`${status} ${sha256(Buffer.concat(pieces))}`);
    if (--left === 0) {
      console.log([...answers].map(([answer, times]) => `${times} x ${answer}`).join('; '));
      connection.close();
    }
  });
  stream.end();
}
