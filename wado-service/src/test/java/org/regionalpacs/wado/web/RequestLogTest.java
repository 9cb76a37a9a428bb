package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestLogTest {
  private static String servedFrom(List<String> stores) {
    RequestLog log = RequestLog.of(new MockHttpServletRequest());
    stores.forEach(log::servedFrom);
    return log.servedFrom();
  }

  @Test
  void givenSeveralStores_thenTheFarthestIsNamed() {
    assertThat(servedFrom(List.of())).isEmpty();
    assertThat(servedFrom(List.of("online", "online"))).isEqualTo("online");
    assertThat(servedFrom(List.of("redis", "online"))).isEqualTo("redis");
    assertThat(servedFrom(List.of("online", "memory"))).isEqualTo("memory");
    assertThat(servedFrom(List.of("memory", "redis"))).isEqualTo("redis");
    assertThat(servedFrom(List.of("redis", "fastdfs", "redis"))).isEqualTo("fastdfs");
    assertThat(servedFrom(List.of("online", "local"))).isEqualTo("local");
  }
}
