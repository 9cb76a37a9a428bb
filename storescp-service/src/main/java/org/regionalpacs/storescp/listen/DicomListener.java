package org.regionalpacs.storescp.listen;

import java.io.IOException;
import java.util.Optional;
import org.regionalpacs.dicom.net.DicomServer;
import org.regionalpacs.dicom.net.StoragePolicy;
import org.regionalpacs.dicom.net.StoreHandler;
import org.regionalpacs.security.Tenants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Opens the DICOM port when everything else is ready, and closes it before anything else stops. An
 * AE title that stands for no tenant is not served.
 */
@Component
public class DicomListener implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(DicomListener.class);

  private final DimseProperties properties;
  private final SslBundles bundles;
  private final StoragePolicy policy;
  private final StoreHandler receiver;
  private final AssociationMetrics metrics;
  private volatile Optional<DicomServer> server = Optional.empty();

  DicomListener(
      DimseProperties properties,
      SslBundles bundles,
      Tenants tenants,
      StoreHandler receiver,
      AssociationMetrics metrics) {
    this.properties = properties;
    this.bundles = bundles;
    this.policy =
        new StoragePolicy(
            title -> tenants.byCalledAe(title).isPresent(), new SenderUsers(properties.identity()));
    this.receiver = receiver;
    this.metrics = metrics;
  }

  /**
   * Starts listening.
   *
   * @throws IllegalStateException when a port can't be listened on, naming it
   */
  @Override
  public void start() {
    try {
      DicomServer started =
          DicomServer.start(properties.serverOptions(bundles), policy, receiver, metrics);
      server = Optional.of(started);
      LOG.info("DICOM listener on {} port {}", properties.bind().getHostAddress(), started.port());
      if (started.tlsPort() != 0) {
        LOG.info(
            "DICOM listener for TLS on {} port {}",
            properties.tls().bind().getHostAddress(),
            started.tlsPort());
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "A DICOM port (pacs.dimse.port, pacs.dimse.bind, pacs.dimse.tls) can't be opened: "
              + e.getMessage(),
          e);
    }
  }

  /** Objects under way are finished within the grace; what is left then is cut. */
  @Override
  public void stop() {
    server.ifPresent(running -> running.stop(properties.stopGrace()));
    server = Optional.empty();
  }

  /** Spring waits for the callback, with a limit of its own for all that stops at the same time. */
  @Override
  public void stop(Runnable callback) {
    Thread.ofPlatform()
        .name("dicom-listener-stop")
        .start(() -> {
          try {
            stop();
          } finally {
            callback.run();
          }
        });
  }

  @Override
  public boolean isRunning() {
    return server.map(DicomServer::running).orElse(false);
  }

  /** The port it listens on for TLS; 0 when it doesn't. */
  public int tlsPort() {
    return server.map(DicomServer::tlsPort).orElse(0);
  }

  /** The port it listens on; 0 when it doesn't. */
  public int port() {
    return server.map(DicomServer::port).orElse(0);
  }
}
