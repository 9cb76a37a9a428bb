package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthProbeTest {
  private static boolean downFor(String detail) {
    return new HealthProbe.Answer(false, detail).downFor("fastDfs");
  }

  @Test
  void givenOneComponentIsDown_thenTheServiceIsDownForThatOneOnly() {
    assertThat(
            downFor(
                "{'status':'DOWN','components':{'fastDfs':{'status':'DOWN'},'db':{'status':'UP'}}}"
                    .replace('\'', '"')))
        .isTrue();
    assertThat(
            downFor(
                "{'status':'DOWN','components':{'fastDfs':{'status':'DOWN'},'db':{'status':'DOWN'}}}"
                    .replace('\'', '"')))
        .isFalse();
    assertThat(
            downFor(
                "{'status':'DOWN','components':{'fastDfs':{'status':'UP'},'db':{'status':'DOWN'}}}"
                    .replace('\'', '"')))
        .isFalse();
    assertThat(downFor("{\"status\":\"DOWN\"}")).isFalse();
    assertThat(downFor("java.net.ConnectException")).isFalse();
  }

  @Test
  void givenSomethingWorksInPart_thenItIsNamedWithWhatItSays() {
    String health =
        """
        {"status":"UP","components":{
          "codecs":{"status":"DEGRADED","details":{
            "CharLS":"libcharls.so.2 isn't installed; install the package libcharls2","OpenJPEG":"2.5.0"}},
          "cache":{"status":"DEGRADED","details":{}},
          "db":{"status":"UP","details":{"database":"PostgreSQL"}}}}
        """;

    assertThat(new HealthProbe.Answer(true, health).degraded())
        .containsExactly(
            "cache",
            "codecs CharLS: libcharls.so.2 isn't installed; install the package libcharls2;"
                + " OpenJPEG: 2.5.0");
    assertThat(new HealthProbe.Answer(false, "java.net.ConnectException").degraded()).isEmpty();
  }
}
