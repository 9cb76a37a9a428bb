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
}
