package org.regionalpacs.storescp.listen;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up while the DICOM port is open. */
@Component
class DicomListenerHealthIndicator implements HealthIndicator {
  private final DicomListener listener;

  DicomListenerHealthIndicator(DicomListener listener) {
    this.listener = listener;
  }

  @Override
  public Health health() {
    return listener.isRunning()
        ? Health.up().withDetail("port", listener.port()).build()
        : Health.down().withDetail("problem", "the DICOM port is closed").build();
  }
}
