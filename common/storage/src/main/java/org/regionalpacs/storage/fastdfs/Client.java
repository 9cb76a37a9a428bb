package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.csource.common.MyException;
import org.csource.fastdfs.ClientGlobal;
import org.csource.fastdfs.DownloadCallback;
import org.csource.fastdfs.FileInfo;
import org.csource.fastdfs.ProtoCommon;
import org.csource.fastdfs.ServerInfo;
import org.csource.fastdfs.StorageClient1;
import org.csource.fastdfs.StorageServer;
import org.csource.fastdfs.TrackerClient;
import org.csource.fastdfs.TrackerGroup;
import org.csource.fastdfs.TrackerServer;
import org.csource.fastdfs.UploadCallback;
import org.csource.fastdfs.pool.Connection;

/**
 * The official client's calls, each on new connections of one attempt. Every status but 0 is a
 * {@link StatusException}.
 */
final class Client {
  /** No server has this status: they are bytes. */
  static final int ENOUGH = 1 << 20;

  static {
    // Its pool gives a half-written connection to the next upload.
    ClientGlobal.g_connection_pool_enabled = false;
  }

  private final Sockets sockets;

  Client(Sockets sockets) {
    this.sockets = sockets;
  }

  /**
   * A storage to upload to.
   *
   * @param pathIndex which of its disks
   */
  record Place(HostPort storage, int pathIndex) {}

  /** Asks a tracker where to upload to; without a group it chooses one. */
  Place place(HostPort tracker, Optional<String> group) throws IOException {
    TrackerClient client = trackerClient(tracker);
    StorageServer storage =
        call(() -> client.getStoreStorage(new Tracker(tracker), group.orElse("")));
    if (storage == null) {
      throw new StatusException("tracker " + tracker, client.getErrorCode());
    }
    return new Place(hostPort(storage.getInetSocketAddress()), storage.getStorePathIndex());
  }

  /** Asks a tracker for all active storages of the file's group. */
  List<HostPort> storages(HostPort tracker, FileId file) throws IOException {
    TrackerClient client = trackerClient(tracker);
    ServerInfo[] found =
        call(() -> client.getFetchStorages(new Tracker(tracker), file.group(), file.path()));
    if (found == null) {
      throw new StatusException("tracker " + tracker, client.getErrorCode());
    }
    List<HostPort> storages = new ArrayList<>();
    for (ServerInfo one : found) {
      storages.add(new HostPort(one.getIpAddr(), one.getPort()));
    }
    return storages;
  }

  /** Asks a tracker for the storage to delete the file on. */
  HostPort updateStorage(HostPort tracker, FileId file) throws IOException {
    TrackerClient client = trackerClient(tracker);
    StorageServer storage =
        call(() -> client.getUpdateStorage(new Tracker(tracker), file.group(), file.path()));
    if (storage == null) {
      throw new StatusException("tracker " + tracker, client.getErrorCode());
    }
    return hostPort(storage.getInetSocketAddress());
  }

  /**
   * Uploads a file.
   *
   * @param content called once; writes exactly {@code size} bytes or throws
   * @return what the storage says is its id
   */
  String upload(Place place, long size, String extension, UploadCallback content)
      throws IOException {
    StorageClient1 client = storageClient(place.storage(), place.pathIndex());
    String id = call(() -> client.upload_file1("", size, content, extension, null));
    if (id == null) {
      throw new StatusException("storage " + place.storage(), client.getErrorCode());
    }
    return id;
  }

  /**
   * Downloads a range of a file.
   *
   * @param length 1 or more
   * @param to ends the download by {@link #ENOUGH}
   */
  void download(HostPort storage, FileId file, long offset, long length, DownloadCallback to)
      throws IOException {
    StorageClient1 client = storageClient(storage, 0);
    int status = call(() -> client.download_file(file.group(), file.path(), offset, length, to));
    if (status != 0 && status != ENOUGH) {
      throw new StatusException("storage " + storage, status);
    }
  }

  /** Deletes a file. */
  void delete(HostPort storage, FileId file) throws IOException {
    StorageClient1 client = storageClient(storage, 0);
    int status = call(() -> client.delete_file(file.group(), file.path()));
    if (status != 0) {
      throw new StatusException("storage " + storage, status);
    }
  }

  /** Bytes of a file. */
  long size(HostPort storage, FileId file) throws IOException {
    StorageClient1 client = storageClient(storage, 0);
    FileInfo info = call(() -> client.query_file_info(file.group(), file.path()));
    if (info == null) {
      throw new StatusException("storage " + storage, client.getErrorCode());
    }
    return info.getFileSize();
  }

  /** Whether a server answers at all. */
  void test(HostPort server) throws IOException {
    ClientConnection connection = sockets.open(server);
    connection
        .getOutputStream()
        .write(ProtoCommon.packHeader(ProtoCommon.FDFS_PROTO_CMD_ACTIVE_TEST, 0, (byte) 0));
    ProtoCommon.RecvHeaderInfo answer =
        ProtoCommon.recvHeader(connection.getInputStream(), ProtoCommon.TRACKER_PROTO_CMD_RESP, 0);
    connection.release();
    if (answer.errno != 0) {
      throw new StatusException(server.toString(), answer.errno);
    }
  }

  private static TrackerClient trackerClient(HostPort tracker) {
    return new TrackerClient(new TrackerGroup(new InetSocketAddress[] {unresolved(tracker)}));
  }

  private StorageClient1 storageClient(HostPort storage, int pathIndex) throws IOException {
    return new StorageClient1(new Tracker(storage), new Storage(storage, pathIndex));
  }

  private static HostPort hostPort(InetSocketAddress address) {
    return new HostPort(address.getHostString(), address.getPort());
  }

  private static InetSocketAddress unresolved(HostPort server) {
    return InetSocketAddress.createUnresolved(server.host(), server.port());
  }

  private interface LibraryCall<T> {
    T make() throws IOException, MyException;
  }

  private static <T> T call(LibraryCall<T> call) throws IOException {
    try {
      return call.make();
    } catch (MyException e) {
      throw new IOException(e.getMessage(), e);
    } catch (RuntimeException e) {
      // The client trusts what servers send: lengths, ports.
      throw new IOException("answer not understood: " + e, e);
    }
  }

  private final class Tracker extends TrackerServer {
    private final HostPort server;

    Tracker(HostPort server) throws IOException {
      super(unresolved(server));
      this.server = server;
    }

    @Override
    public Connection getConnection() throws IOException {
      return sockets.open(server);
    }
  }

  private final class Storage extends StorageServer {
    private final HostPort server;

    Storage(HostPort server, int pathIndex) throws IOException {
      super(server.host(), server.port(), pathIndex);
      this.server = server;
    }

    @Override
    public Connection getConnection() throws IOException {
      return sockets.open(server);
    }
  }
}
