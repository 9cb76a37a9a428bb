package org.regionalpacs.chaos;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreResponse;
import org.regionalpacs.dicom.net.StoreScu;
import org.regionalpacs.dicom.net.Timeouts;

/**
 * C-STORE over one association by the product's own client.
 *
 * @param port where it sends to
 */
record OurScu(int port) implements Way {
  private static final ScuOptions OPTIONS =
      ScuOptions.DEFAULT.withTimeouts(Timeouts.of(Duration.ofSeconds(45)));

  @Override
  public String name() {
    return "C-STORE";
  }

  @Override
  public List<Result> send(List<SentObject> objects) {
    List<Result> results = new ArrayList<>();
    try (StoreScu scu = open()) {
      for (SentObject object : objects) {
        results.add(send(scu, object, object.stream()));
        if (scu.ended()) {
          break;
        }
      }
    } catch (IOException e) {
      // No association: nothing was sent.
    }
    while (results.size() < objects.size()) {
      results.add(Result.UNSENT);
    }
    return results;
  }

  private StoreScu open() throws IOException {
    return StoreScu.open(
        new RemoteAe("REGIONAL_PACS", "127.0.0.1", port),
        "CHAOS",
        Set.of(ProposedContext.of(SentObject.SOP_CLASS, SentObject.TRANSFER_SYNTAX)),
        OPTIONS);
  }

  private static Result send(StoreScu scu, SentObject object, InputStream dataSet) {
    try {
      StoreResponse response =
          scu.store(SentObject.SOP_CLASS, object.sop(), SentObject.TRANSFER_SYNTAX, dataSet);
      return new Result(
          response.stored() ? Outcome.ACCEPTED : Outcome.REFUSED, response.toString());
    } catch (IOException e) {
      return new Result(Outcome.UNKNOWN, e.toString());
    }
  }

  /** Sends half of a data set, then aborts the association. */
  Result sendHalf(SentObject object) {
    InputStream half =
        new FilterInputStream(object.stream()) {
          private int left = object.dataSet().length / 2;

          @Override
          public int read() throws IOException {
            throw new IOException("read by blocks only");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
              throw new IOException("the sender breaks off");
            }
            int count = super.read(buffer, offset, Math.min(length, left));
            left -= count;
            return count;
          }
        };
    try (StoreScu scu = open()) {
      Result result = send(scu, object, half);
      boolean answered = result.outcome() != Outcome.UNKNOWN;
      return answered ? result : new Result(Outcome.CUT, "aborted by the sender");
    } catch (IOException e) {
      return Result.UNSENT;
    }
  }
}
