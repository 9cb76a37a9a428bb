package org.regionalpacs.standalone;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a product answers about some studies, with everything it says of them: searches on all
 * levels, metadata, objects and frames by their digests. Results are sorted, and ports are left
 * out.
 *
 * @param byPath status and content
 */
record RecordedAnswers(SortedMap<String, String> byPath) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Asks for all of a tenant's studies, and for some by name, whether they are there or not. */
  static RecordedAnswers of(DicomWeb web, int port, String... studies) throws Exception {
    RecordedAnswers answers = new RecordedAnswers(new TreeMap<>());
    for (String study : studies) {
      answers.json(web, port, "/studies?includefield=all&StudyInstanceUID=" + study);
      answers.json(web, port, "/studies/" + study + "/series?includefield=all");
      answers.json(web, port, "/studies/" + study + "/metadata");
      answers.digest(web, "/studies/" + study);
      JsonNode instances =
          answers.json(web, port, "/studies/" + study + "/instances?includefield=all");
      for (JsonNode instance : instances) {
        String series =
            "/studies/" + study + "/series/" + instance.at("/0020000E/Value/0").asString();
        String path = series + "/instances/" + instance.at("/00080018/Value/0").asString();
        answers.json(web, port, series + "/metadata");
        answers.digest(web, path + "/frames/1");
        answers.object(web, path, "*");
        answers.object(web, path, "1.2.840.10008.1.2.1");
      }
    }
    return answers;
  }

  private JsonNode json(DicomWeb web, int port, String path) throws Exception {
    HttpResponse<byte[]> answer = web.get(path, "Accept", "application/dicom+json");
    String text = new String(answer.body(), StandardCharsets.UTF_8).replace(":" + port, ":PORT");
    JsonNode json = text.isEmpty() ? JSON.createArrayNode() : JSON.readTree(text);
    String sorted =
        json.isArray()
            ? json.valueStream().map(JsonNode::toString).sorted().toList().toString()
            : "";
    byPath.put(path, answer.statusCode() + " " + sorted);
    return json.isArray() ? json : JSON.createArrayNode();
  }

  /** The boundary of a multipart answer is another one each time. */
  private void digest(DicomWeb web, String path) throws Exception {
    HttpResponse<byte[]> answer = web.get(path);
    String type = answer.headers().firstValue("Content-Type").orElse("");
    String boundary = type.replaceAll(".*boundary=\"?([^\";]+)\"?.*", "$1");
    String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
    String shown =
        answer.statusCode() == 200
            ? sha256(body.replace(boundary, "").getBytes(StandardCharsets.ISO_8859_1))
            : "";
    byPath.put(path, answer.statusCode() + " " + shown);
  }

  private void object(DicomWeb web, String path, String transferSyntax) throws Exception {
    HttpResponse<byte[]> answer =
        web.get(path, "Accept", "application/dicom; transfer-syntax=" + transferSyntax);
    byPath.put(path + " " + transferSyntax, answer.statusCode() + " " + sha256(answer.body()));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
