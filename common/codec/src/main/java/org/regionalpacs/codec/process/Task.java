package org.regionalpacs.codec.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.EncodedFrame;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;

/** What a child does for its parent: one frame. */
sealed interface Task {
  /** Room that encoding needs where there is next to nothing to encode. */
  long HEADERS = 1 << 17;

  /** What it is: decode or encode. */
  String work();

  String transferSyntax();

  ImageDescription image();

  /** What the child is given. */
  byte[] bytes();

  /** Whether something of that description is what can come back. */
  boolean allows(ImageDescription coded);

  /** The fewest bytes of a result of that description. */
  long shortest(ImageDescription coded);

  /** The most bytes of it. */
  long longest(ImageDescription coded);

  /** Does it, in the child. */
  Coded run() throws CodecException;

  void write(DataOutputStream out) throws IOException;

  /** What came of it: samples or a codestream. */
  record Coded(ImageDescription image, byte[] bytes) {}

  /** Bytes of heap that parent and child each need for it, at most. */
  default long heap() {
    return bytes().length + 2 * longest(image());
  }

  /** A codestream to samples. */
  record Decode(byte[] bytes, String transferSyntax, ImageDescription image) implements Task {
    private static final int CODE = 1;

    @Override
    public String work() {
      return "decode";
    }

    /** The same pixels; one bit becomes a byte. */
    @Override
    public boolean allows(ImageDescription coded) {
      return coded.rows() == image.rows()
          && coded.columns() == image.columns()
          && coded.photometric().samples() == image.photometric().samples()
          && coded.bitsAllocated() == Math.max(8, image.bitsAllocated());
    }

    @Override
    public long shortest(ImageDescription coded) {
      return coded.frameBytes();
    }

    @Override
    public long longest(ImageDescription coded) {
      return coded.pixels()
          * coded.photometric().samples()
          * Math.ceilDiv(coded.bitsAllocated(), 8);
    }

    @Override
    public Coded run() throws CodecException {
      Samples samples =
          ForeignCodecs.decoder(transferSyntax)
              .orElseThrow(
                  () -> new UnsupportedImageException(ForeignCodecs.missing(transferSyntax)))
              .decode(bytes, transferSyntax, image);
      return new Coded(samples.image(), samples.bytes());
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte(CODE);
      out.writeUTF(transferSyntax);
      Wire.write(out, image);
      Wire.write(out, bytes);
    }
  }

  /** Samples to a codestream. */
  record Encode(Samples samples, String transferSyntax, EncoderOptions options) implements Task {
    private static final int CODE = 2;

    @Override
    public String work() {
      return "encode";
    }

    @Override
    public ImageDescription image() {
      return samples.image();
    }

    @Override
    public byte[] bytes() {
      return samples.bytes();
    }

    @Override
    public boolean allows(ImageDescription coded) {
      return coded.rows() == image().rows() && coded.columns() == image().columns();
    }

    @Override
    public long shortest(ImageDescription coded) {
      return 1;
    }

    /** Encoders allow twice what there is. */
    @Override
    public long longest(ImageDescription coded) {
      long samples = image().pixels() * image().photometric().samples();
      return 2 * samples * Math.ceilDiv(image().bitsAllocated(), 8) + HEADERS;
    }

    @Override
    public Coded run() throws CodecException {
      EncodedFrame frame =
          ForeignCodecs.encoder(transferSyntax)
              .orElseThrow(
                  () -> new UnsupportedImageException(ForeignCodecs.missing(transferSyntax)))
              .encode(samples, transferSyntax, options);
      return new Coded(frame.image(), frame.bytes());
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte(CODE);
      out.writeUTF(transferSyntax);
      Wire.write(out, image());
      Wire.write(out, options);
      Wire.write(out, bytes());
    }
  }

  /** The next one, in the child. */
  static Task read(DataInputStream in) throws IOException {
    int code = in.readUnsignedByte();
    String transferSyntax = in.readUTF();
    ImageDescription image = Wire.readImage(in);
    return switch (code) {
      case Decode.CODE -> new Decode(Wire.readBytes(in, Integer.MAX_VALUE), transferSyntax, image);
      case Encode.CODE -> {
        EncoderOptions options = Wire.readOptions(in);
        byte[] bytes = Wire.readBytes(in, Integer.MAX_VALUE);
        Wire.require(bytes.length >= image.frameBytes(), "number of samples");
        yield new Encode(Samples.of(image, bytes), transferSyntax, options);
      }
      default -> throw new ProtocolException("no such task");
    };
  }
}
