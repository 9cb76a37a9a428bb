package org.regionalpacs.test.fastdfs;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;

/** Command 11: receives a file. A broken upload leaves nothing, but that of a killed storage. */
final class Uploads {
  private static final int HEAD = 15;
  private static final int EXTENSION = 6;
  private static final int SERVER_CHOOSES = 255;
  private static final int BUFFER = 64 * 1024;

  private final StorageFolder folder;
  private final InetAddress source;
  private final Faults faults;
  private final BooleanSupplier killed;

  Uploads(StorageFolder folder, InetAddress source, Faults faults, BooleanSupplier killed) {
    this.folder = folder;
    this.source = source;
    this.faults = faults;
    this.killed = killed;
  }

  /** Reads the file to its end and keeps it. */
  FileName receive(Exchange exchange, boolean full)
      throws IOException, Status, InterruptedException {
    if (exchange.length < HEAD) {
      throw new Status(Status.INVALID);
    }
    int pathIndex = exchange.in.readUnsignedByte();
    long size = exchange.in.readLong();
    byte[] extension = exchange.in.readNBytes(EXTENSION);
    if (size != exchange.length - HEAD || pathIndex != 0 && pathIndex != SERVER_CHOOSES) {
      throw new Status(Status.INVALID);
    }
    if (full) {
      throw new Status(Status.FULL);
    }
    Path partial = folder.partial();
    try {
      CRC32 crc = new CRC32();
      try (OutputStream out = Files.newOutputStream(partial)) {
        copy(exchange, size, crc, out);
      }
      FileName name =
          FileName.make(source, size, (int) crc.getValue(), Wire.text(extension, 0, EXTENSION));
      Path file = folder.path(name);
      Files.createDirectories(file.getParent());
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      exchange.read();
      return name;
    } finally {
      if (!killed.getAsBoolean()) {
        Files.deleteIfExists(partial);
      }
    }
  }

  private void copy(Exchange exchange, long size, CRC32 crc, OutputStream out)
      throws IOException, InterruptedException {
    long stop = stop(exchange.fault).orElse(Long.MAX_VALUE);
    byte[] buffer = new byte[BUFFER];
    long done = 0;
    while (done < size && done < stop) {
      int wanted = (int) Math.min(buffer.length, Math.min(size, stop) - done);
      int count = exchange.in.read(buffer, 0, wanted);
      if (count < 0) {
        throw new EOFException();
      }
      out.write(buffer, 0, count);
      crc.update(buffer, 0, count);
      done += count;
    }
    if (done < size || stop <= size) {
      if (exchange.fault.filter(Fault.HangUpload.class::isInstance).isPresent()) {
        faults.hang(killed);
      }
      throw new IOException("fault");
    }
  }

  private static Optional<Long> stop(Optional<Fault> fault) {
    return fault.flatMap(planned ->
        switch (planned) {
          case Fault.DropUpload(long after) -> Optional.of(after);
          case Fault.HangUpload(long after) -> Optional.of(after);
          default -> Optional.empty();
        });
  }
}
