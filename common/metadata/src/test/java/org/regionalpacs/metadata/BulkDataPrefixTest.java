package org.regionalpacs.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BulkDataPrefixTest {
  private static final String HERE = "http://127.0.0.1:8080/dicom-web";

  @Test
  void replacesBulkDataUrisAndNothingElse() throws IOException {
    String json =
        """
        [{"7FE00010":{"vr":"OW","BulkDataURI":"http://127.0.0.1:8080/dicom-web/studies/1"},\
        "00081190":{"vr":"UR","Value":["http://127.0.0.1:8080/dicom-web/studies/1"]},\
        "00104000":{"vr":"LT","Value":["\\"BulkDataURI\\":\\"http://127.0.0.1:8080/dicom-web/x"]}}]\
        """;
    assertThat(replaced(json, "https://pacs.example.org/tenants/a/dicom-web"))
        .isEqualTo(
            json.replace(
                "\"BulkDataURI\":\"" + HERE,
                "\"BulkDataURI\":\"https://pacs.example.org/tenants/a/dicom-web"))
        .contains("\"Value\":[\"" + HERE)
        .contains("\\\"BulkDataURI\\\":\\\"" + HERE);
  }

  @Test
  void aBaseUrlOfAnOddHostNameCantBreakTheJson() throws IOException {
    assertThat(replaced("{\"BulkDataURI\":\"" + HERE + "/studies/1\"}", "http://\"},{\"/x"))
        .isEqualTo("{\"BulkDataURI\":\"http://\\\"},{\\\"/x/studies/1\"}");
  }

  @Test
  void aBaseUrlThatIsOnlyTheBeginningOfAnotherIsAnother() throws IOException {
    String json = "{\"BulkDataURI\":\"" + HERE + "-2/studies/1\"}";
    assertThat(replaced(json, "http://x")).isEqualTo(json);
  }

  private static String replaced(String json, String to) throws IOException {
    try (InputStream in =
        BulkDataPrefix.replace(new ByteArrayInputStream(json.getBytes(UTF_8)), HERE, to)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
