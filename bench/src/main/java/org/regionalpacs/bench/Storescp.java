package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.regionalpacs.dicom.net.RemoteAe;

/** DCMTK's receiver, which keeps files without an index and without fsync. */
final class Storescp implements Contender {
  private final Receiver receiver;

  private Storescp(Receiver receiver) {
    this.receiver = receiver;
  }

  static Storescp start(Path work) throws IOException {
    return new Storescp(Receiver.ofDcmtk(Peer.STORESCP.shown(), work, "--max-pdu", "131072"));
  }

  @Override
  public String name() {
    return receiver.name();
  }

  @Override
  public List<String> setting() {
    return List.of(
        "storescp: `+B --fork`, PDUs of 128 KB, TCP_NODELAY; no fsync, no index: what receiving"
            + " and writing alone would cost");
  }

  @Override
  public CpuMeter cpu() {
    return CpuMeter.of(receiver.pid());
  }

  RemoteAe dicom() {
    return receiver.remote();
  }

  /** Removes what it has, which must be so many images. */
  void clear(int expected) throws IOException {
    receiver.clear(expected);
  }

  @Override
  public void close() throws IOException {
    receiver.close();
  }
}
