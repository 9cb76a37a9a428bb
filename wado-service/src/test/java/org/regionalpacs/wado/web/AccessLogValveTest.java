package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.security.TenantProperties;
import org.regionalpacs.security.Tenants;

/** What no handler of ours has a part in, with a Tomcat and nothing else. */
class AccessLogValveTest {
  private static final int BODY = 64 << 20;

  @TempDir Path folder;
  private final Tomcat tomcat = new Tomcat();
  private final RemoteIpValve proxies = new RemoteIpValve();
  private final List<LogMessage> log = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** Answers GET with many bytes, POST when it has read a few. */
  private static final class Answering extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] piece = new byte[1 << 13];
      int length = request.getRequestURI().endsWith("/metadata") ? 10 : BODY;
      for (int sent = 0; sent < length; sent += piece.length) {
        response.getOutputStream().write(piece, 0, Math.min(piece.length, length));
      }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.getInputStream().readNBytes(7);
      response.setStatus(409);
    }
  }

  @BeforeEach
  void start() throws Exception {
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setAllowTrace(true);
    Context context = tomcat.addContext("", folder.toString());
    proxies.setInternalProxies("127.0.0.0/8");
    tomcat.getEngine().getPipeline().addValve(proxies);
    Tenants tenants = new Tenants(new TenantProperties("default", List.of()));
    tomcat
        .getHost()
        .getPipeline()
        .addValve(new AccessLogValve(log::add, new RequestMetrics(meters), tenants));
    Servlet servlet = new Answering();
    Tomcat.addServlet(context, "answering", servlet);
    context.addServletMappingDecoded("/", "answering");
    tomcat.start();
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private Socket connect() throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** Sends a request and takes the whole answer. */
  private String ask(String line, String... headers) throws IOException {
    try (Socket socket = connect()) {
      String head = line + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n";
      String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
      socket.getOutputStream().write((head + more + "\r\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private LogMessage only() {
    await().until(() -> !log.isEmpty());
    assertThat(log).hasSize(1);
    return log.getFirst();
  }

  @Test
  void givenAnAnswer_thenItIsRecordedOnceWithWhatWasSent() throws IOException {
    ask("GET /dicom-web/studies/1.2.3/metadata");

    LogMessage message = only();
    assertThat(message.operation()).isEqualTo("WADO-RS metadata");
    assertThat(message.tenant()).isEqualTo("default");
    assertThat(message.study()).isEqualTo("1.2.3");
    assertThat(message.status()).isEqualTo(200);
    assertThat(message.bytes()).isEqualTo(10);
    assertThat(message.address()).isEqualTo("127.0.0.1");
    assertThat(message.peer()).isEmpty();
    assertThat(message.comment()).isEmpty();
    await().until(() -> timed("WADO-RS metadata", "none", "done").count() == 1);
    assertThat(timed("WADO-RS metadata", "none", "done").totalTime(TimeUnit.NANOSECONDS))
        .isPositive();
  }

  /** Made anew, and empty, when nothing was timed so. */
  private Timer timed(String operation, String source, String outcome) {
    return meters.timer(
        "pacs.dicomweb.requests", "operation", operation, "source", source, "outcome", outcome);
  }

  @Test
  void givenAClientThatGoesInTheMiddle_thenThatIsTheStatusAndBytesAreThoseThatWent()
      throws IOException {
    try (Socket socket = connect()) {
      socket.setReceiveBufferSize(4096);
      socket
          .getOutputStream()
          .write("GET /dicom-web/studies/1.2.3 HTTP/1.1\r\nHost: h\r\n\r\n".getBytes());
      socket.getInputStream().readNBytes(100_000);
      socket.setSoLinger(true, 0);
    }

    LogMessage message = only();
    assertThat(message.status()).isEqualTo(499);
    assertThat(message.comment()).isEqualTo("client went away");
    await().until(() -> timed("WADO-RS study", "none", "left").count() == 1);
    assertThat(message.bytes()).isBetween(50_000L, BODY / 2L);
  }

  @Test
  void givenABody_whenItIsReadInPart_thenBytesAreThoseThatWereReceived() throws IOException {
    ask("POST /dicom-web/studies", "Content-Length: 7", "", "1234567");

    LogMessage message = only();
    assertThat(message.operation()).isEqualTo("STOW-RS");
    assertThat(message.status()).isEqualTo(409);
    assertThat(message.bytes()).isEqualTo(7);
    await().until(() -> timed("STOW-RS", "none", "refused").count() == 1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "GET /dicom-web/studies/1.2%2f3, 400, WADO-RS study",
    "PUT /dicom-web/studies/1.2.3, 405, unknown",
    "'GET /%64icom-web/studies/1.2.3/metadata', 200, WADO-RS metadata",
    "'GET /dicom-web;v=1/studies/1.2.3/metadata', 200, WADO-RS metadata",
    "'GET //dicom-web/./studies/1.2.3/metadata', 200, WADO-RS metadata",
    "GET /tenants/nobody/dicom-web/studies/1.2.3/metadata, 200, WADO-RS metadata"
  })
  void givenARequestThatIsRefusedEarlyOrSpeltStrangely_thenItIsRecordedOnce(
      String line, int status, String operation) throws IOException {
    ask(line);

    LogMessage message = only();
    assertThat(message.status()).isEqualTo(status);
    assertThat(message.operation()).isEqualTo(operation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /dicom-web/studies/not-a-uid-%0D%0A%1B[31m/metadata",
        "GET /tenants/..%00/dicom-web/studies/1.2/metadata",
        "GET /tenants/%E2%80%AEevil/dicom-web/studies/x%27y/metadata"
      })
  void givenWhatStrangersWriteIntoAPath_thenItIsNotInTheRecord(String line) throws IOException {
    ask(line);

    LogMessage message = only();
    assertThat(message.study()).isIn("", "1.2");
    assertThat(message.tenant()).isIn("", "default");
    assertThat(message.toString()).doesNotContain("evil", "\u001B", "not-a-uid");
  }

  @Test
  void givenParametersThatCanNotBeDecoded_thenTheRecordHasNone() throws IOException {
    ask("GET /wado?studyUID=%zz");

    assertThat(only().operation()).isEqualTo("WADO-URI");
    assertThat(only().study()).isEmpty();
  }

  @Test
  void givenOtherRequests_thenTheyAreNotRecorded() throws IOException {
    ask("OPTIONS /dicom-web/studies");
    ask("GET /api/pins/metadata");
    ask("GET /dicom-web/studies/1.2.3/metadata");

    assertThat(only().study()).isEqualTo("1.2.3");
  }

  @Test
  void givenATrustedProxy_thenTheAddressIsThatOfItsClient() throws IOException {
    ask("GET /dicom-web/studies/1.2.3/metadata", "X-Forwarded-For: 203.0.113.7");

    assertThat(only().address()).isEqualTo("203.0.113.7");
  }

  @Test
  void givenAProxyThatNobodyTrusts_thenTheAddressIsItsOwn() throws IOException {
    proxies.setInternalProxies("10.0.0.0/8");
    ask("GET /dicom-web/studies/1.2.3/metadata", "X-Forwarded-For: 203.0.113.7");

    assertThat(only().address()).isEqualTo("127.0.0.1");
  }
}
