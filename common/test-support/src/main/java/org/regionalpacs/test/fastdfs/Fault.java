package org.regionalpacs.test.fastdfs;

/** Something that goes wrong while one request is served. */
public sealed interface Fault {

  /** The request isn't served but answered with this status. */
  record Answer(int status) implements Fault {}

  /** The request is read and never served nor answered; the connection stays open. */
  record Hang() implements Fault {}

  /** The request is served; then the connection ends without an answer. */
  record LoseResponse() implements Fault {}

  /** The request is served and never answered; the connection stays open. */
  record WithholdResponse() implements Fault {}

  /** The header of the answer arrives in two TCP segments. */
  record SplitHeader() implements Fault {}

  /** The connection is reset when this many bytes of an upload's content were read. */
  record DropUpload(long afterBytes) implements Fault {}

  /** An upload isn't read any further after this many bytes of its content. */
  record HangUpload(long afterBytes) implements Fault {}

  /** An upload is kept, and answered with the id of another file. */
  record WrongId() implements Fault {}

  /** The connection ends when this many bytes of a download were sent. */
  record TruncateDownload(long afterBytes) implements Fault {}

  /** Nothing more is sent after this many bytes of a download; the connection stays open. */
  record HangDownload(long afterBytes) implements Fault {}

  /** The first byte of a download is another one. */
  record CorruptDownload() implements Fault {}

  /** The answer says that only this many bytes follow, and no more do. */
  record ShortenDownload(long bytes) implements Fault {}
}
