package org.regionalpacs.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * The metadata of one series as it was at one moment: a JSON array (PS3.18 Annex F) with an object
 * an instance, ordered by Instance Number, then SOP Instance UID.
 *
 * <p>Opening a document opens no file; each stream below does, and can be asked for again. A
 * document stays readable although a newer one takes its place. When it has vanished from the store
 * all the same, opening a stream makes it anew; so open the stream before telling anybody {@link
 * #etag} or {@link #gzipLength}.
 */
public interface SeriesMetadataDocument {

  /** The change number of the series that this document shows. */
  long changeNumber();

  /**
   * A strong entity tag, quotes included, of {@link #json}; it changes with the content and with
   * the base URL of the bulk data.
   */
  String etag();

  /** The entity tag of the representation with {@code Content-Encoding: gzip}. */
  String gzipEtag();

  /** Whether the document is stored with the very base URL it was opened for. */
  boolean sameBase();

  /** Bytes of {@link #gzip}, known when {@link #sameBase}. */
  OptionalLong gzipLength();

  /** The gzipped array: as stored when {@link #sameBase}, else compressed anew, fast. */
  InputStream gzip() throws IOException;

  /** The array. */
  InputStream json() throws IOException;

  /**
   * Writes what is between the brackets of the array: the objects, separated by commas. So the
   * metadata of a study is composed of its series without parsing them.
   *
   * @return whether there was any object
   */
  boolean writeElementsTo(OutputStream out) throws IOException;
}
