package org.regionalpacs.test.doris;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The port of a frontend for queries: the way to a MariaDB, on which what only Doris understands is
 * put otherwise. {@code SHOW PARTITIONS FROM t} has the columns of Doris up to {@code Range}.
 */
final class FakeQueries implements AutoCloseable {
  private static final int QUERY = 0x03;

  /** A driver may put its own limit of rows before it. */
  private static final Pattern SHOW =
      Pattern.compile("SHOW PARTITIONS FROM `(\\w+)`\\.`(\\w+)`\\s*$");

  private static final Pattern DROP =
      Pattern.compile(
          "^ALTER TABLE `\\w+`\\.`(\\w+)` DROP PARTITION IF EXISTS `p(\\d{4})(\\d\\d)(\\d\\d)0{6}`$");

  private static final String PARTITIONS =
      """
      SELECT partition_ordinal_position AS PartitionId, partition_name AS PartitionName,
             2 AS VisibleVersion, NOW() AS VisibleVersionTime, 'NORMAL' AS State,
             REPLACE(partition_expression, '`', '') AS PartitionKey,
             CONCAT('[types: [DATEV2]; keys: [', REPLACE(partition_description, '''', ''),
                    ']; ..types: [DATEV2]; keys: [',
                    DATE_ADD(REPLACE(partition_description, '''', ''), INTERVAL 1 DAY), ']; )')
               AS `Range`
        FROM information_schema.partitions
       WHERE table_schema = '$1' AND table_name = '$2' AND partition_name <> '%s'
      """
          .formatted(MariaDb.NO_PARTITION);

  private final ServerSocket listener;
  private final int target;
  private final FakeRows rows;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Set<String> unalterable = Set.of();

  FakeQueries(MariaDb sql, FakeRows rows) throws IOException {
    this.target = sql.port();
    this.rows = rows;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("fake-doris-queries").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The tables on which the user lacks ALTER_PRIV. */
  void deny(Set<String> tables) {
    unalterable = tables;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> connect(client, server, () -> copy(server, client)));
        Thread.ofVirtual().start(() -> connect(client, server, () -> translate(client, server)));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private interface Direction {
    void pass() throws IOException;
  }

  /** Until one side goes away. */
  private void connect(Socket client, Socket server, Direction direction) {
    try (client;
        server) {
      direction.pass();
    } catch (IOException e) {
      // It went away.
    } finally {
      open.remove(client);
      open.remove(server);
    }
  }

  private static void copy(Socket server, Socket client) throws IOException {
    server.getInputStream().transferTo(client.getOutputStream());
  }

  /** Packets have a length of 3 bytes, little endian, a number, and that many bytes. */
  private void translate(Socket client, Socket server) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = server.getOutputStream();
    for (int length = length(in); length >= 0; length = length(in)) {
      int number = in.readUnsignedByte();
      byte[] payload = new byte[length];
      in.readFully(payload);
      if (number == 0 && length > 0 && payload[0] == QUERY) {
        String sql = new String(payload, 1, length - 1, StandardCharsets.UTF_8);
        Matcher drop = DROP.matcher(sql);
        if (drop.matches() && unalterable.contains(drop.group(1))) {
          refuse(client.getOutputStream());
          continue;
        }
        if (drop.matches()) {
          rows.drop(
              drop.group(1), "%s-%s-%s".formatted(drop.group(2), drop.group(3), drop.group(4)));
        }
        payload = query(SHOW.matcher(sql).replaceFirst(PARTITIONS));
      }
      out.write(packet(number, payload));
      out.flush();
    }
  }

  private static int length(InputStream in) throws IOException {
    byte[] length = in.readNBytes(3);
    return length.length < 3
        ? -1
        : (length[0] & 0xFF) | (length[1] & 0xFF) << 8 | (length[2] & 0xFF) << 16;
  }

  private static byte[] query(String sql) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(QUERY);
    bytes.writeBytes(sql.getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static byte[] packet(int number, byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 4);
    for (int shift = 0; shift <= 16; shift += 8) {
      bytes.write(payload.length >> shift);
    }
    bytes.write(number);
    bytes.writeBytes(payload);
    return bytes.toByteArray();
  }

  /** As Doris says it. */
  private static void refuse(OutputStream client) throws IOException {
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    error.write(0xFF);
    error.write(1227 & 0xFF);
    error.write(1227 >> 8);
    error.writeBytes(
        "#42000errCode = 2, detailMessage = Access denied; you need (at least one of) the (ALTER) privilege(s)"
            .getBytes(StandardCharsets.US_ASCII));
    client.write(packet(1, error.toByteArray()));
    client.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
