package org.regionalpacs.wado;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * A row of a table of requests: {@code name | request line | header; more after ;; | status |
 * content type | type of each part | content}. A minus stands for nothing.
 *
 * @param name the section of the standard and what is special about the case
 * @param line method and path below {@code /dicom-web}, with names of {@link ReferenceObjects}
 * @param contentType what it begins with
 * @param partType of every part of a multipart body
 * @param content see {@link ReplyContent}
 */
record RequestRow(
    String name,
    String line,
    List<String> headers,
    int status,
    String contentType,
    String partType,
    String content) {

  /** The rows of a resource, each with its name. */
  static Stream<Arguments> of(String resource) {
    try (InputStream in = RequestRow.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(RequestRow::parse)
              .map(row -> Arguments.of(row.name, row))
              .toList()
              .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RequestRow parse(String text) {
    String[] cells = Arrays.stream(text.split("\\|")).map(String::strip).toArray(String[]::new);
    if (cells.length != 7) {
      throw new IllegalArgumentException(cells.length + " cells: " + text);
    }
    List<String> headers = cells[2].equals("-") ? List.of() : List.of(cells[2].split(" ;; "));
    return new RequestRow(
        cells[0], cells[1], headers, Integer.parseInt(cells[3]), cells[4], cells[5], cells[6]);
  }

  /** The request line as it goes out. */
  String resolvedLine(ReferenceObjects objects) {
    String[] words = line.split(" ", 2);
    return words[0] + " /dicom-web" + objects.resolve(words[1]);
  }
}
