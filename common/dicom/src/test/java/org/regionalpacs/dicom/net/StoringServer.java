package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a free port that keeps what it is sent, and what becomes of associations. */
final class StoringServer implements AutoCloseable, StoreHandler, AssociationListener {
  static final String AE = "ARCHIVE";

  /** Short, for the tests' sake. */
  static final Timeouts QUICK = Timeouts.of(Duration.ofSeconds(1));

  record Stored(StoreRequest request, byte[] dataSet) {}

  final List<Stored> stored = new CopyOnWriteArrayList<>();
  final List<AssociationInfo> opened = new CopyOnWriteArrayList<>();
  final List<String> handshakesFailed = new CopyOnWriteArrayList<>();
  final List<Ending> endings = new CopyOnWriteArrayList<>();
  final List<RejectReason> rejections = new CopyOnWriteArrayList<>();
  private final StoreHandler handler;
  private final DicomServer server;

  private StoringServer(ServerOptions options, AssociationPolicy policy, StoreHandler handler)
      throws IOException {
    this.handler = handler;
    this.server = DicomServer.start(options, policy, this, this);
  }

  static StoringServer start() throws IOException {
    return start(ServerOptions.onLoopback());
  }

  static StoringServer start(ServerOptions options) throws IOException {
    return start(options, (_, _) -> StoreResult.success());
  }

  static StoringServer start(ServerOptions options, StoreHandler handler) throws IOException {
    return new StoringServer(options, new StoragePolicy(AE::equals), handler);
  }

  static StoringServer start(AssociationPolicy policy) throws IOException {
    return new StoringServer(ServerOptions.onLoopback(), policy, (_, _) -> StoreResult.success());
  }

  @Override
  public StoreResult store(StoreRequest request, InputStream dataSet) throws IOException {
    StoreResult result = handler.store(request, dataSet);
    stored.add(new Stored(request, dataSet.readAllBytes()));
    return result;
  }

  @Override
  public void opened(AssociationInfo association) {
    opened.add(association);
  }

  @Override
  public void handshakeFailed(InetAddress peer, String problem) {
    handshakesFailed.add(problem);
  }

  @Override
  public void closed(AssociationInfo association, Ending ending) {
    endings.add(ending);
  }

  @Override
  public void rejected(AssociateRequest request, InetAddress peer, RejectReason reason) {
    rejections.add(reason);
  }

  DicomServer server() {
    return server;
  }

  RemoteAe tlsRemote() {
    return new RemoteAe(AE, "127.0.0.1", server.tlsPort());
  }

  RemoteAe remote() {
    return new RemoteAe(AE, "127.0.0.1", server.port());
  }

  @Override
  public void close() {
    server.close();
  }
}
