package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.regionalpacs.codec.FrameDecoders;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.wado.ReferenceObjects.Reference;
import org.regionalpacs.wado.web.MultipartReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a row of a table says of the content: {@code stored ct ct2}, {@code recoded implicit} (whole
 * objects, as parts, one body or files of an archive), {@code made ct}, {@code madeframes ct 1}
 * (the same samples otherwise encoded), {@code frames jp2 3,1}, {@code bulk}, {@code json 2},
 * {@code keyed StudyInstanceUID}, {@code xml 1}, {@code problem words}, {@code text words}, {@code
 * picture}, {@code pdf}, {@code empty}.
 */
final class ReplyContent {
  private static final JsonMapper JSON = new JsonMapper();

  private final ReferenceObjects objects;
  private final RequestRow row;
  private final RawHttp.Reply reply;
  private final String[] words;

  ReplyContent(ReferenceObjects objects, RequestRow row, RawHttp.Reply reply) {
    this.objects = objects;
    this.row = row;
    this.reply = reply;
    this.words = row.content().split(" ");
  }

  void check() throws IOException {
    switch (words[0]) {
      case "stored" -> checkFiles(bodies(), each -> WadoIT.dataSet(each.file()));
      case "recoded" -> checkFiles(bodies(), ReplyContent::explicit);
      case "frames" -> checkFrames();
      case "made" -> checkMade();
      case "madeframes" -> checkMadeFrames();
      case "bulk" -> assertThat(bodies()).containsExactly(bulk());
      case "json" -> assertThat(JSON.readTree(reply.body()).size()).isEqualTo(number(1));
      case "keyed" -> checkKeyed();
      case "xml" ->
          assertThat(bodies())
              .hasSize(number(1))
              .allSatisfy(part -> assertThat(new String(part)).contains("<NativeDicomModel"));
      case "problem" -> {
        JsonNode problem = JSON.readTree(reply.body());
        assertThat(problem.get("status").asInt()).isEqualTo(row.status());
        assertThat(problem.get("detail").asString()).contains(objects.resolve(rest()));
      }
      case "text" -> assertThat(reply.text()).contains(objects.resolve(rest()));
      case "picture" ->
          assertThat(bodies())
              .isNotEmpty()
              .allSatisfy(
                  part -> assertThat(ImageIO.read(new ByteArrayInputStream(part))).isNotNull());
      case "pdf" -> assertThat(reply.body()).startsWith(ReferenceObjects.PDF);
      case "empty" -> assertThat(reply.body()).isEmpty();
      default -> throw new IllegalArgumentException(row.content());
    }
  }

  private byte[] bulk() {
    byte[] bulk = ReferenceObjects.bulk();
    if (row.status() != 206) {
      return bulk;
    }
    String[] range = reply.header("Content-Range").split("[ /-]");
    return Arrays.copyOfRange(bulk, Integer.parseInt(range[1]), Integer.parseInt(range[2]) + 1);
  }

  private int number(int word) {
    return Integer.parseInt(words[word]);
  }

  private String rest() {
    return row.content().substring(Math.min(row.content().length(), words[0].length() + 1));
  }

  private void checkFrames() throws IOException {
    Reference object = objects.named(words[1]);
    List<byte[]> expected =
        Arrays.stream(words[2].split(","))
            .map(frame -> object.frames().get(Integer.parseInt(frame) - 1))
            .toList();
    assertThat(bodies()).containsExactlyElementsOf(expected);
  }

  /** The samples of the first frame are those of each object. */
  private void checkMade() throws IOException {
    List<byte[]> samples = new ArrayList<>();
    for (byte[] file : bodies()) {
      Path written = Files.write(Files.createTempFile("made", ".dcm"), file);
      try {
        ByteSource source = ByteSource.of(written);
        PixelFrames frames = PixelFrames.of(source);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frames.copy(source, 1, frame);
        samples.add(decoded(frame.toByteArray(), frames.transferSyntax(), objects.named(words[1])));
      } finally {
        Files.delete(written);
      }
    }
    List<byte[]> wanted =
        Arrays.stream(words).skip(1).map(name -> objects.named(name).frames().getFirst()).toList();
    assertThat(samples).containsExactlyInAnyOrderElementsOf(wanted);
  }

  private void checkMadeFrames() throws IOException {
    Reference object = objects.named(words[1]);
    String syntax = row.partType().replaceFirst(".*transfer-syntax=", "");
    List<byte[]> samples = new ArrayList<>();
    for (byte[] frame : bodies()) {
      samples.add(decoded(frame, syntax, object));
    }
    List<byte[]> wanted =
        Arrays.stream(words[2].split(","))
            .map(frame -> object.frames().get(Integer.parseInt(frame) - 1))
            .toList();
    assertThat(samples).containsExactlyElementsOf(wanted);
  }

  private static byte[] decoded(byte[] frame, String syntax, Reference object) throws IOException {
    return FrameDecoders.of(syntax)
        .orElseThrow()
        .decode(frame, syntax, ImageDescription.of(object.object()))
        .bytes();
  }

  private void checkKeyed() {
    JsonNode results = JSON.readTree(reply.body());
    assertThat(results.size()).isEqualTo(1);
    for (String word : List.of(words).subList(1, words.length)) {
      assertThat(results.get(0).has(word)).as(word).isTrue();
    }
  }

  /** The bytes of a data set; throws nothing checked. */
  @FunctionalInterface
  private interface Expected {
    byte[] of(Reference object);
  }

  /** In any order, as objects of a study have none. */
  private void checkFiles(List<byte[]> files, Expected expected) {
    List<byte[]> sets = files.stream().map(WadoIT::dataSet).toList();
    List<byte[]> wanted =
        Arrays.stream(words).skip(1).map(objects::named).map(expected::of).toList();
    assertThat(sets).containsExactlyInAnyOrderElementsOf(wanted);
  }

  /** Objects that stay compressed are sent as they are beside others that are recoded. */
  private static byte[] explicit(Reference object) {
    boolean compressed = object.transferSyntax().startsWith("1.2.840.10008.1.2.4.");
    String sent = compressed ? object.transferSyntax() : UID.ExplicitVRLittleEndian;
    return WadoIT.dataSet(WadoIT.part10(object.object(), sent));
  }

  private List<byte[]> bodies() throws IOException {
    String type = reply.header("Content-Type");
    if (type.startsWith("multipart/related")) {
      return parts(type.replaceFirst(".*boundary=", ""));
    }
    return type.equals("application/zip") ? files() : List.of(reply.body());
  }

  private List<byte[]> files() throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(reply.body()))) {
      while (zip.getNextEntry() != null) {
        files.add(zip.readAllBytes());
      }
    }
    return files;
  }

  /** Viewers rely on the first line being the boundary, and on the spelling of Content-Type. */
  private List<byte[]> parts(String boundary) throws IOException {
    assertThat(new String(reply.body(), 0, 200, StandardCharsets.ISO_8859_1))
        .startsWith("--" + boundary + "\r\nContent-Type: ");
    List<byte[]> parts = new ArrayList<>();
    var reader = new MultipartReader(new ByteArrayInputStream(reply.body()), boundary);
    for (var part = reader.next(); part.isPresent(); part = reader.next()) {
      assertThat(part.get().headers().get("content-type")).matches(partTypes());
      parts.add(part.get().body().readAllBytes());
    }
    return parts;
  }

  /** Several, separated by a comma, where the objects differ. */
  private String partTypes() {
    return Arrays.stream(row.partType().split(", "))
        .map(java.util.regex.Pattern::quote)
        .reduce((one, other) -> one + "|" + other)
        .orElseThrow();
  }
}
