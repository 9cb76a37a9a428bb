package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientPresenceValveTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";

  @TempDir Path folder;
  private final Tomcat tomcat = new Tomcat();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

  /** Looks until the client has gone, or it is told to go on. */
  private final class Looking extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      ClientPresence presence = (ClientPresence) request.getAttribute(ClientPresence.ATTRIBUTE);
      boolean saw = presence.isGone();
      asked.countDown();
      try {
        while (!saw && !go.await(5, TimeUnit.MILLISECONDS)) {
          saw = presence.isGone();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      gone.complete(saw || presence.isGone());
      response.getOutputStream().print("ok");
    }
  }

  @BeforeEach
  void start() throws Exception {
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", folder.toString());
    context.getPipeline().addValve(new ClientPresenceValve());
    Tomcat.addServlet(context, "looking", new Looking());
    context.addServletMappingDecoded("/", "looking");
    tomcat.start();
  }

  @AfterEach
  void stop() throws Exception {
    go.countDown();
    tomcat.stop();
    tomcat.destroy();
  }

  private Socket connect() throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private boolean wasGone() throws Exception {
    return gone.get(30, TimeUnit.SECONDS);
  }

  @Test
  void givenTheClientCloses_thenItHasGone() throws Exception {
    try (Socket socket = connect()) {
      send(socket, REQUEST);
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(wasGone()).isTrue();
  }

  @Test
  void givenTheClientWaits_thenItIsThere_andGetsItsAnswer() throws Exception {
    try (Socket socket = connect()) {
      send(socket, REQUEST);
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      go.countDown();
      assertThat(wasGone()).isFalse();
      assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void givenTheClientSendsItsNextRequestAlready_thenItIsThere_andGetsBothAnswers()
      throws Exception {
    try (Socket socket = connect()) {
      send(socket, REQUEST);
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      send(socket, REQUEST.replace("Host: here", "Host: here\r\nConnection: close"));
      go.countDown();
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(wasGone()).isFalse();
      assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(3);
    }
  }
}
