package org.regionalpacs.storescp.receive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.regionalpacs.dicom.net.AssociationException;
import org.regionalpacs.dicom.net.AssociationInfo;
import org.regionalpacs.dicom.net.Status;
import org.regionalpacs.dicom.net.StoreHandler;
import org.regionalpacs.dicom.net.StoreRequest;
import org.regionalpacs.dicom.net.StoreResult;
import org.regionalpacs.intake.Intake;
import org.regionalpacs.intake.IntakeException;
import org.regionalpacs.intake.Received;
import org.regionalpacs.intake.Reception;
import org.regionalpacs.intake.Source;
import org.regionalpacs.security.Tenants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** C-STORE as an SCP: the data set goes to the intake, the intake's word back as a status. */
@Component
class ImageReceiver implements StoreHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ImageReceiver.class);

  private final Tenants tenants;
  private final Intake intake;
  private final StoreJournal journal;

  ImageReceiver(Tenants tenants, Intake intake, StoreJournal journal) {
    this.tenants = tenants;
    this.intake = intake;
    this.journal = journal;
  }

  /**
   * Statuses given (PS3.4 B.2.3): success 0000; A700 no disk space, or not published; A900 the data
   * set lacks a UID or isn't what was announced; 0117 a UID is none; C000 no readable data set;
   * 0110 (PS3.7 C.5.21) anything unforeseen.
   */
  @Override
  public StoreResult store(StoreRequest request, InputStream dataSet) throws IOException {
    long start = System.nanoTime();
    String tenant = tenant(request.association());
    CountedStream counted = new CountedStream(dataSet);
    StoreRecord record;
    try {
      Received received = intake.receive(reception(tenant, request), counted);
      record = StoreRecord.stored(tenant, request, received, counted.count(), since(start));
    } catch (IntakeException e) {
      StoreResult result = StoreResult.of(IntakeStatus.of(e.reason()), e.getMessage());
      record = StoreRecord.failed(tenant, request, result, counted.count(), since(start));
      LOG.debug("Refused", e);
    } catch (IOException | RuntimeException | Error e) {
      String comment =
          e instanceof AssociationException ? "Connection lost, not answered" : "Internal error";
      StoreResult result = StoreResult.of(Status.PROCESSING_FAILURE, comment);
      journal.write(StoreRecord.failed(tenant, request, result, counted.count(), since(start)));
      throw e;
    }
    journal.write(record);
    return record.result();
  }

  @Override
  public void refused(StoreRequest request, StoreResult result) {
    String tenant = tenant(request.association());
    journal.write(StoreRecord.failed(tenant, request, result, 0, Duration.ZERO));
  }

  private String tenant(AssociationInfo association) {
    return tenants
        .byCalledAe(association.calledAe())
        .orElseThrow(() -> new IllegalStateException("association with an AE that isn't served"));
  }

  private static Reception reception(String tenant, StoreRequest request) {
    AssociationInfo association = request.association();
    return new Reception(
        tenant,
        request.transferSyntax(),
        request.sopClass(),
        request.sopInstance(),
        association.callingAe(),
        association.calledAe(),
        Source.DIMSE,
        association.peerAddress());
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
