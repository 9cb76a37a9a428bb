package org.regionalpacs.storescp.listen;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.regionalpacs.dicom.net.AssociateRequest;
import org.regionalpacs.dicom.net.AssociationInfo;
import org.regionalpacs.dicom.net.AssociationListener;
import org.regionalpacs.dicom.net.RejectReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts and logs associations. */
@Component
class AssociationMetrics implements AssociationListener {
  private static final Logger LOG = LoggerFactory.getLogger(AssociationMetrics.class);

  private final MeterRegistry registry;
  private final AtomicInteger standing = new AtomicInteger();

  AssociationMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("pacs.dimse.associations", standing, AtomicInteger::get)
        .description("Associations that stand now")
        .register(registry);
    // Before the first one, or that isn't seen as growth.
    for (RejectReason reason : RejectReason.values()) {
      rejections(reason);
    }
  }

  @Override
  public void opened(AssociationInfo association) {
    standing.incrementAndGet();
    LOG.info(
        "{} opened by {} {}",
        association,
        association.implementationVersion(),
        association.implementationClass());
  }

  @Override
  public void closed(AssociationInfo association, Ending ending) {
    standing.decrementAndGet();
    registry.counter("pacs.dimse.associations.ended", "ending", tag(ending)).increment();
    LOG.info("{} {}", association, tag(ending));
  }

  @Override
  public void rejected(AssociateRequest request, InetAddress peer, RejectReason reason) {
    rejections(reason).increment();
  }

  private Counter rejections(RejectReason reason) {
    return registry.counter("pacs.dimse.associations.rejected", "reason", tag(reason));
  }

  @Override
  public void handshakeFailed(InetAddress peer, String problem) {
    registry.counter("pacs.dimse.tls.failed").increment();
  }

  private static String tag(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
