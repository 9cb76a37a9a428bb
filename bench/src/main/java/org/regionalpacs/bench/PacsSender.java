package org.regionalpacs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreResponse;
import org.regionalpacs.dicom.net.StoreScu;

/** The product's {@link StoreScu}, one virtual thread an association. */
final class PacsSender implements Sender {
  @Override
  public String name() {
    return "StoreScu";
  }

  @Override
  public void send(RemoteAe remote, List<List<CtFile>> shares)
      throws IOException, InterruptedException {
    sendImages(remote, shares);
  }

  /** As {@link #send}, whatever is sent. */
  void sendImages(RemoteAe remote, List<? extends List<? extends SentImage>> shares)
      throws IOException, InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> sent = new ArrayList<>();
      for (List<? extends SentImage> share : shares) {
        Callable<Void> sending = () -> sendShare(remote, share);
        sent.add(threads.submit(sending));
      }
      for (Future<Void> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("sending to " + remote + " failed: " + e.getCause(), e);
    }
  }

  private static Void sendShare(RemoteAe remote, List<? extends SentImage> share)
      throws IOException {
    List<ProposedContext> contexts =
        share.stream()
            .map(file -> ProposedContext.of(file.sopClass(), file.transferSyntax()))
            .distinct()
            .toList();
    try (StoreScu scu = StoreScu.open(remote, "BENCH", contexts, ScuOptions.DEFAULT)) {
      for (SentImage file : share) {
        try (InputStream dataSet = file.open()) {
          StoreResponse response =
              scu.store(file.sopClass(), file.sopInstance(), file.transferSyntax(), dataSet);
          if (response.status() != 0) {
            throw new IOException(
                "%s: status %04X".formatted(file.sopInstance(), response.status()));
          }
        }
      }
    }
    return null;
  }
}
