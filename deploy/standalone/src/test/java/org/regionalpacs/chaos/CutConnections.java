package org.regionalpacs.chaos;

/** Connections that end in the middle of a data set: by the network, and by the sender. */
final class CutConnections {
  private static final int AT_ONCE = 4;

  private final CuttingProxy dicomProxy;
  private final CuttingProxy httpProxy;
  private final OurScu scu;
  private final Stow stow;
  private final StudyMaker studies;
  private final Ledger ledger;

  CutConnections(
      CuttingProxy dicomProxy,
      CuttingProxy httpProxy,
      OurScu scu,
      Stow stow,
      StudyMaker studies,
      Ledger ledger) {
    this.dicomProxy = dicomProxy;
    this.httpProxy = httpProxy;
    this.scu = scu;
    this.stow = stow;
    this.studies = studies;
    this.ledger = ledger;
  }

  void happen(FaultLog log) throws InterruptedException {
    dicomProxy.cut(AT_ONCE);
    httpProxy.cut(AT_ONCE);
    for (int i = 0; i < AT_ONCE; i++) {
      SentObject object = studies.next();
      Way.Result result = scu.sendHalf(object);
      ledger.record(object, "half a C-STORE", result.outcome(), result.detail());
      object = studies.next();
      result = stow.sendHalf(object);
      ledger.record(object, "half a STOW-RS", result.outcome(), result.detail());
    }
    log.say("connections cut: %d each of C-STORE and STOW-RS, and %d senders' aborts", AT_ONCE, 8);
  }
}
