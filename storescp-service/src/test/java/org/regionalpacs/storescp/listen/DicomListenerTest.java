package org.regionalpacs.storescp.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.ConnectionLostException;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreResult;
import org.regionalpacs.dicom.net.StoreScu;
import org.regionalpacs.security.TenantProperties;
import org.regionalpacs.security.Tenants;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Status;

class DicomListenerTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @Test
  void givenATakenPort_whenStarted_thenItNamesThePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> listener(taken.getLocalPort()).start())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("pacs.dimse.port");
    }
  }

  @Test
  void givenAListener_whenStartedAndStopped_thenHealthAndPortFollow() throws Exception {
    DicomListener listener = listener(0);
    DicomListenerHealthIndicator health = new DicomListenerHealthIndicator(listener);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

    listener.start();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    RemoteAe remote = new RemoteAe("REGIONAL_PACS", "127.0.0.1", listener.port());
    try (StoreScu scu = open(remote)) {
      assertThat(scu.echo()).isZero();
      assertThat(metrics.get("pacs.dimse.associations").gauge().value()).isEqualTo(1);
    }

    CountDownLatch stopped = new CountDownLatch(1);
    listener.stop(stopped::countDown);
    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThatThrownBy(() -> open(remote)).isInstanceOf(ConnectionLostException.class);
  }

  private DicomListener listener(int port) {
    var settings = new MapConfigurationPropertySource();
    settings.put("pacs.dimse.port", port);
    Binder binder = new Binder(settings);
    return new DicomListener(
        binder.bindOrCreate("pacs.dimse", DimseProperties.class),
        new Tenants(binder.bindOrCreate("pacs.tenants", TenantProperties.class)),
        (_, _) -> StoreResult.success(),
        new AssociationMetrics(metrics));
  }

  private static StoreScu open(RemoteAe remote) throws IOException {
    return StoreScu.open(
        remote,
        "TEST",
        List.of(ProposedContext.of(UID.Verification, UID.ImplicitVRLittleEndian)),
        ScuOptions.DEFAULT);
  }
}
