package org.regionalpacs.dicom.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.zip.ZipException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.CharsetFallback;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ReadWarning.Kind;

/**
 * Reads data sets in any transfer syntax, in one pass and as far as wanted.
 *
 * <pre>{@code
 * try (DicomInputStream in = DicomInputStream.ofFile(path).bulkDataThreshold(1024)) {
 *   Attributes dataSet = in.readDataSet();
 * }
 * }</pre>
 *
 * <p>Reading is lenient where the field is: a missing preamble or missing file meta information, a
 * data set that is encoded otherwise than it says, one without its last delimiter or with bytes
 * behind it; {@link #warnings()} tells, and {@link #strict()} refuses. What can't be understood is
 * a {@link DicomFormatException}; what was read before it is still to be had from {@link
 * #readSoFar()}.
 */
public final class DicomInputStream implements Closeable {
  private final Warnings warnings = new Warnings();
  private final Input raw;
  private final Optional<ByteSource> source;
  private final Optional<Attributes> fileMeta;
  private final String transferSyntax;
  private final long dataSetOffset;
  private ParseLimits limits = ParseLimits.EVERYTHING;
  private Input dataSet;
  private DataSetParser parser;

  private DicomInputStream(Input raw, Optional<ByteSource> source, Optional<String> transferSyntax)
      throws IOException {
    this.raw = raw;
    this.source = source;
    try {
      FileHeader header =
          transferSyntax.isPresent()
              ? new FileHeader(Optional.empty(), transferSyntax.get())
              : FileHeader.read(raw, warnings);
      this.fileMeta = header.meta();
      this.transferSyntax = header.transferSyntax();
      this.dataSetOffset = raw.position();
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** Opens a Part 10 file, or a bare data set, whose encoding is then guessed. */
  public static DicomInputStream of(ByteSource source) throws IOException {
    return new DicomInputStream(
        new Input(source.open(0, -1)), Optional.of(source), Optional.empty());
  }

  /** Opens a file. */
  public static DicomInputStream ofFile(Path file) throws IOException {
    return of(ByteSource.of(file));
  }

  /** Reads a Part 10 file as it comes. */
  public static DicomInputStream ofPart10(InputStream in) throws IOException {
    return new DicomInputStream(new Input(in), Optional.empty(), Optional.empty());
  }

  /** Reads a data set without file meta information as it comes, such as over DIMSE. */
  public static DicomInputStream ofDataSet(InputStream in, String transferSyntax)
      throws IOException {
    return new DicomInputStream(new Input(in), Optional.empty(), Optional.of(transferSyntax));
  }

  /**
   * Leaves values of more than so many bytes, and all fragments of encapsulated pixel data, where
   * they are. By default everything is kept.
   */
  public DicomInputStream bulkDataThreshold(int bytes) {
    limits = limits.withBulkDataThreshold(bytes);
    return this;
  }

  /** Leaves the values of these top-level elements where they are, however short they be. */
  public DicomInputStream leaveInPlace(IntPredicate tags) {
    limits = limits.withLeave(tags);
    return this;
  }

  /** Keeps only the top-level elements for which this holds; memory is needed for no other. */
  public DicomInputStream keepOnly(IntPredicate tags) {
    limits = limits.withKeep(tags);
    return this;
  }

  /**
   * Refuses what would be a warning: the next read fails with a {@link DicomFormatException}, also
   * for what was wrong in the file meta information.
   */
  public DicomInputStream strict() {
    warnings.refuse();
    return this;
  }

  /** What was wrong but readable, up to now: the first hundred findings, in order of the file. */
  public List<ReadWarning> warnings() {
    return warnings.list();
  }

  /** How often something was wrong, those that {@link #warnings()} leaves out included. */
  public long warningCount() {
    return warnings.count();
  }

  /** How deep sequences may nest, 64 by default. */
  public DicomInputStream maxDepth(int depth) {
    limits = limits.withMaxDepth(depth);
    return this;
  }

  /** How text that is declared wrongly, or not at all, is read. */
  public DicomInputStream charsetFallback(CharsetFallback fallback) {
    limits = limits.withCharsetFallback(fallback);
    return this;
  }

  /** Group 0002; empty when the source has none. */
  public Optional<Attributes> fileMeta() {
    return fileMeta;
  }

  /** UID of the transfer syntax that is named, or guessed where none is. */
  public String transferSyntax() {
    return transferSyntax;
  }

  /** Position of the data set's first byte. */
  public long dataSetOffset() {
    return dataSetOffset;
  }

  /**
   * Where {@link org.regionalpacs.dicom.data.BulkData} positions hold.
   *
   * @throws IllegalStateException when this reads a stream
   */
  public ByteSource valueSource() {
    ByteSource bytes =
        source.orElseThrow(() -> new IllegalStateException("a stream can't be read again"));
    return TransferSyntax.of(transferSyntax).isDeflated()
        ? new InflatedSource(bytes, dataSetOffset)
        : bytes;
  }

  /** Reads what is left of the data set. */
  public Attributes readDataSet() throws IOException {
    return guarded(DataSetParser::parse);
  }

  /** Reads up to the first element whose tag is not below the given one (as unsigned numbers). */
  public Attributes readDataSetUntil(int stopTag) throws IOException {
    return guarded(p -> p.parseWhile(tag -> Integer.compareUnsigned(tag, stopTag) < 0));
  }

  /** What has been read up to now, also after a failure. */
  public Attributes readSoFar() {
    return parser == null ? new Attributes() : parser.soFar();
  }

  private interface Read {
    Attributes with(DataSetParser parser) throws IOException;
  }

  private Attributes guarded(Read read) throws IOException {
    warnings.check();
    if (parser == null) {
      TransferSyntax syntax = TransferSyntax.of(transferSyntax);
      dataSet = syntax.isDeflated() ? inflated() : raw;
      parser = new DataSetParser(dataSet, asEncoded(syntax), limits, warnings);
    }
    try {
      return read.with(parser);
    } catch (ZipException e) {
      throw new DicomFormatException("the deflated data set is damaged", dataSet.position());
    } catch (EOFException e) {
      throw new DicomFormatException("the data set ends early", dataSet.position());
    }
  }

  private Input inflated() throws IOException {
    return new Input(
        source.isPresent() ? valueSource().open(0, -1) : InflatedSource.inflate(raw.rest()));
  }

  /** Some files say implicit and are explicit, or the other way round; the first element tells. */
  private TransferSyntax asEncoded(TransferSyntax named) throws IOException {
    if (named.isBigEndian() || named.isDeflated() || dataSet.peek(8) < 8) {
      return named;
    }
    VR vr = VR.ofCode(dataSet.ahead(4), dataSet.ahead(5));
    if (!named.isExplicit() && vr != null && !couldBeLength()) {
      warnOfEncoding("Implicit VR is Explicit");
      return TransferSyntax.EXPLICIT_LITTLE_ENDIAN;
    }
    if (named.isExplicit() && vr == null && couldBeLength()) {
      warnOfEncoding("Explicit VR is Implicit");
      return TransferSyntax.IMPLICIT_LITTLE_ENDIAN;
    }
    return named;
  }

  private void warnOfEncoding(String what) throws DicomFormatException {
    warnings.add(Kind.OTHER_ENCODING, "what should be in " + what, dataSet.position());
  }

  /** Whether bytes 4 to 7 of the first element are a length that such an element can have. */
  private boolean couldBeLength() {
    return Integer.toUnsignedLong(dataSet.int32Ahead(4, false)) <= 0x4000;
  }

  @Override
  public void close() throws IOException {
    try {
      if (dataSet != null && dataSet != raw) {
        dataSet.close();
      }
    } finally {
      raw.close();
    }
  }
}
