package org.regionalpacs.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client of DICOMweb sees.
 *
 * @param found SOP Instance UIDs by QIDO-RS
 * @param retrieved SHA-256 of the data set by SOP Instance UID, by WADO-RS
 */
record WebView(Set<String> found, Map<String, String> retrieved) {
  private static final String ANY_DICOM =
      "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

  /** Looks at whole studies. */
  static WebView of(int port, Collection<String> studies) throws IOException, InterruptedException {
    WebView view = new WebView(new HashSet<>(), new HashMap<>());
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String study : studies) {
        String address = "http://127.0.0.1:" + port + "/dicom-web/studies/" + study;
        view.search(get(client, address + "/instances?limit=10000", "application/dicom+json"));
        view.retrieve(get(client, address, ANY_DICOM));
      }
    }
    return view;
  }

  private static HttpResponse<byte[]> get(HttpClient client, String address, String accept)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(URI.create(address))
                .header("Accept", accept)
                .timeout(Duration.ofMinutes(2))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200 && response.statusCode() != 404) {
      throw new IOException(
          address + " answers " + response.statusCode() + ": " + text(response.body(), 1000));
    }
    return response;
  }

  private void search(HttpResponse<byte[]> response) {
    if (response.statusCode() == 200) {
      new JsonMapper()
          .readTree(response.body())
          .forEach(item -> found.add(item.path("00080018").path("Value").path(0).asString("")));
    }
  }

  /** Each part of the body is an object (RFC 2046 5.1.1). */
  private void retrieve(HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() != 200) {
      return;
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    String boundary = type.replaceAll(".*boundary=\"?([^\";]+)\"?.*", "$1");
    byte[] body = response.body();
    byte[] delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    byte[] blankLine = {'\r', '\n', '\r', '\n'};
    int start = indexOf(body, blankLine, 0);
    while (start >= 0) {
      int end = indexOf(body, delimiter, start);
      if (end < 0) {
        throw new IOException("a multipart body is cut");
      }
      Files10.Content content = Files10.read(Arrays.copyOfRange(body, start + 4, end));
      String before = retrieved.put(content.sop(), content.digest());
      if (before != null) {
        throw new IOException(content.sop() + " comes twice");
      }
      start = indexOf(body, blankLine, end);
    }
  }

  private static int indexOf(byte[] body, byte[] wanted, int from) {
    for (int i = from; i <= body.length - wanted.length; i++) {
      if (body[i] == wanted[0]
          && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  private static String text(byte[] bytes, int most) {
    return new String(bytes, 0, Math.min(bytes.length, most), StandardCharsets.UTF_8);
  }
}
