package org.regionalpacs.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.codec.EncodedFrame;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.FrameDecoders;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.FrameEncoders;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.PixelFrames;

/**
 * A codec of the product and the program of another project that does the same.
 *
 * @param name what the results call it
 * @param syntax transfer syntax
 * @param options with which is encoded
 */
record CodecTrial(String name, String syntax, EncoderOptions options, CodecTool tool) {
  private static final int QUALITY = 90;

  /** All that there are for a kind of frames. */
  static List<CodecTrial> all(CodecFrames kind) {
    EncoderOptions exact = EncoderOptions.LOSSLESS;
    EncoderOptions lossy = EncoderOptions.of(new Quality.Percent(QUALITY));
    String percent = Integer.toString(QUALITY);
    List<String> decoder = List.of("dcmdjpeg", "--conv-never");
    CodecTrial dct =
        switch (kind) {
          case CT ->
              new CodecTrial(
                  "JPEG extended, 12 bits, quality " + QUALITY,
                  UID.JPEGExtended12Bit,
                  lossy,
                  new CodecTool.Dcmtk(
                      List.of("dcmcjpeg", "+ee", "--bits-force-12", "+q", percent), decoder));
          case RGB ->
              new CodecTrial(
                  "JPEG baseline, 4:2:2, quality " + QUALITY,
                  UID.JPEGBaseline8Bit,
                  lossy,
                  new CodecTool.Dcmtk(
                      List.of("dcmcjpeg", "+eb", "+q", percent, "--sample-422"), decoder));
        };
    return List.of(
        new CodecTrial("JPEG 2000 lossless", UID.JPEG2000Lossless, exact, new CodecTool.Opj()),
        new CodecTrial(
            "JPEG-LS lossless",
            UID.JPEGLSLossless,
            exact,
            new CodecTool.Dcmtk(List.of("dcmcjpls"), List.of("dcmdjpls"))),
        new CodecTrial(
            "RLE",
            UID.RLELossless,
            exact,
            new CodecTool.Dcmtk(List.of("dcmcrle"), List.of("dcmdrle"))),
        new CodecTrial(
            "JPEG Lossless, selection value 1",
            UID.JPEGLosslessSV1,
            exact,
            new CodecTool.Dcmtk(List.of("dcmcjpeg", "+e1"), decoder)),
        dct);
  }

  /** The rates of the product and of the tool, in frames a second. */
  record Measured(Rates encoding, Rates decoding, Rates toolEncoding, Rates toolDecoding) {
    static Measured none() {
      return new Measured(new Rates(), new Rates(), new Rates(), new Rates());
    }
  }

  /** What is missing of the product's side. */
  Optional<String> missing() {
    return encoder().isPresent() ? Optional.empty() : Optional.of("its library isn't installed");
  }

  private Optional<FrameEncoder> encoder() {
    return FrameEncoders.of(syntax).or(() -> ForeignCodecs.encoder(syntax));
  }

  /**
   * Encodes and decodes all frames, in one thread, from files and into files as the tool does.
   *
   * @param image what each frame is
   * @param folder has {@code native.dcm}, and gets the rest
   * @param to gets the rates
   * @return bytes before for each byte after
   */
  double pass(ImageDescription image, Path folder, Measured to) throws IOException {
    FrameEncoder encoder = encoder().orElseThrow();
    FrameDecoder decoder =
        FrameDecoders.of(syntax).or(() -> ForeignCodecs.decoder(syntax)).orElseThrow();
    Path codestreams = folder.resolve("codestreams");
    List<Integer> lengths = new ArrayList<>();
    ByteSource source = ByteSource.of(folder.resolve("native.dcm"));
    long start = System.nanoTime();
    PixelFrames frames = PixelFrames.of(source);
    try (OutputStream out = Files.newOutputStream(codestreams)) {
      for (int frame = 1; frame <= frames.count(); frame++) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) image.frameBytes());
        frames.copy(source, frame, bytes);
        Samples samples = Samples.of(image, bytes.toByteArray());
        EncodedFrame coded = encoder.encode(samples, syntax, options);
        lengths.add(coded.bytes().length);
        out.write(coded.bytes());
      }
    }
    long middle = System.nanoTime();
    ImageDescription coded = encoder.encoded(image, syntax, options);
    try (InputStream in = Files.newInputStream(codestreams);
        OutputStream out = Files.newOutputStream(folder.resolve("decoded"))) {
      for (int length : lengths) {
        out.write(decoder.decode(in.readNBytes(length), syntax, coded).bytes());
      }
    }
    long end = System.nanoTime();
    to.encoding().add(lengths.size() / ((middle - start) / 1e9));
    to.decoding().add(lengths.size() / ((end - middle) / 1e9));
    return (double) image.frameBytes() * lengths.size() / Files.size(codestreams);
  }

  /** The same by the tool, on files that it was prepared with. */
  void toolPass(int frames, Path folder, Measured to) throws IOException {
    to.toolEncoding().add(frames / tool.encode(folder));
    to.toolDecoding().add(frames / tool.decode(folder));
  }
}
