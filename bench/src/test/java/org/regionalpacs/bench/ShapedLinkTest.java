package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapedLinkTest {
  private static final int TRIES = 5;
  private static final double SECONDS = 0.4;

  /**
   * The machine may be so busy that bytes come late; the best of a few is what the link can do. Of
   * a longer one the beginning is a smaller part.
   */
  @ParameterizedTest(name = "{0} Mbit/s")
  @ValueSource(ints = {10, 50, 100})
  void givenBytesEnough_thenTheRateIsWithinTwoPercent(int megabits) {
    double nominal = megabits * 1e6;

    double best =
        DoubleStream.iterate(SECONDS, seconds -> seconds * 2)
            .limit(TRIES)
            .map(seconds -> measured(nominal, seconds))
            .filter(rate -> Math.abs(rate / nominal - 1) < 0.02)
            .findFirst()
            .orElse(0);

    assertThat(best).isPositive();
  }

  private static double measured(double nominal, double seconds) {
    try {
      return ShapedLink.measure(nominal, 6, seconds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void givenARequest_thenItArrivesLaterAndTheAnswerIsTheServers() throws Exception {
    Duration delay = Duration.ofMillis(50);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        ShapedLink link = ShapedLink.to(server.getLocalPort(), 1e6, delay);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), link.port())) {
      threads.submit(() -> {
        try (Socket accepted = server.accept()) {
          accepted.getOutputStream().write(accepted.getInputStream().read() + 1);
        }
        return null;
      });
      long start = System.nanoTime();
      client.getOutputStream().write(41);

      assertThat(client.getInputStream().read()).isEqualTo(42);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(delay.toNanos());
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void givenAnIdleLink_thenNothingIsSavedForLater() throws Exception {
    Pace pace = new Pace(8e6);
    pace.pass(1000, false);
    long start = System.nanoTime();
    pace.pass(10_000, false);
    pace.pass(10_000, true);

    // A byte takes a microsecond.
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
  }
}
