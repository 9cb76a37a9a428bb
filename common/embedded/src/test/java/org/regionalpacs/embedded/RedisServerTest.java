package org.regionalpacs.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {
  @TempDir Path dir;

  @Test
  void givenACache_thenItIsBoundedAndWritesNothing() throws Exception {
    try (RedisServer server = RedisServer.start(RedisSettings.in(dir))) {
      assertThat(ask(server, "CONFIG GET maxmemory-policy")).contains("allkeys-lfu");
      assertThat(ask(server, "CONFIG GET maxmemory")).contains("134217728");
      assertThat(ask(server, "CONFIG GET save")).endsWith("$0\r\n\r\n");
      assertThat(ask(server, "CONFIG GET bind")).contains("127.0.0.1");

      server.close();
      assertThat(server.alive()).isFalse();
    }
  }

  @Test
  void givenANumberOfDatabases_thenItHasThem() throws Exception {
    try (RedisServer server = RedisServer.start(RedisSettings.in(dir).databases(20))) {
      assertThat(ask(server, "SELECT 19")).contains("+OK");
      assertThat(ask(server, "SELECT 20")).contains("out of range");
    }
  }

  private static String ask(RedisServer server, String command) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes());
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(0, answer.length() - "+OK\r\n".length());
    }
  }
}
