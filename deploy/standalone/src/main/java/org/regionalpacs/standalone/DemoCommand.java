package org.regionalpacs.standalone;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.net.AssociationException;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreResponse;
import org.regionalpacs.dicom.net.StoreScu;
import org.regionalpacs.standalone.demo.DemoStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = "Make a synthetic CT study and send it by C-STORE.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final Duration SEARCHABLE_LIMIT = Duration.ofSeconds(15);

  @Mixin Peer peer;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "60",
      description = "Images in all, 2 to 2000 (default: ${DEFAULT-VALUE}).")
  int count = 60;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides the patient and the pixels; UIDs are new each time.")
  Optional<Long> seed = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (count < 2 || count > 2000) {
      throw new Complaint("--count: 2 to 2000 images");
    }
    RemoteAe remote = peer.remote();
    long chosen = seed.orElseGet(() -> (long) new Random().nextInt(1_000_000));
    DemoStudy study = new DemoStudy(chosen, count, LocalDateTime.now().withNano(0));
    System.out.printf(
        "CT of the chest, 2 series, %d images, seed %d%n%s%n", count, chosen, study.describe());
    long begin = System.nanoTime();
    String lastInstance = send(study, remote);
    System.out.printf("Stored by %s in %.1f s%n", remote, (System.nanoTime() - begin) / 1e9);
    if (peer.to == null) {
      RunState state = peer.data.running();
      showTheWay(
          "http://%s:%d/dicom-web".formatted(state.address(), state.http()), study, lastInstance);
      ViewerProbe.Answer viewer = ViewerProbe.ask(state.address(), state.http());
      System.out.printf(
          "%nIn the viewer:%n  %s%n", viewer.there() ? viewer.study(study.uid()) : viewer.shown());
    }
    return 0;
  }

  private String send(DemoStudy study, RemoteAe remote) throws InterruptedException {
    List<ProposedContext> contexts =
        List.of(ProposedContext.of(UID.CTImageStorage, UID.ExplicitVRLittleEndian));
    Progress progress = Progress.toUser(count);
    String instance = "";
    try (StoreScu scu = StoreScu.open(remote, peer.from, contexts, ScuOptions.DEFAULT)) {
      int done = 0;
      for (Iterator<Attributes> images = study.images().iterator(); images.hasNext(); ) {
        Attributes image = images.next();
        instance = image.getString(Tag.SOPInstanceUID, "");
        StoreResponse answer = store(scu, image, instance);
        if (!answer.stored()) {
          throw new Complaint("Refused: " + answer);
        }
        progress.done(++done);
      }
      return instance;
    } catch (AssociationException e) {
      throw new Complaint(e.getMessage(), e);
    } catch (IOException e) {
      throw new Complaint("%s can't be sent to: %s".formatted(remote, e), e);
    } finally {
      progress.end();
    }
  }

  private static StoreResponse store(StoreScu scu, Attributes image, String instance)
      throws IOException {
    ByteArrayOutputStream dataSet = new ByteArrayOutputStream(1 << 20);
    DicomOutputStream.writeDataSet(image, UID.ExplicitVRLittleEndian, dataSet);
    return scu.store(
        UID.CTImageStorage,
        instance,
        UID.ExplicitVRLittleEndian,
        new ByteArrayInputStream(dataSet.toByteArray()));
  }

  private static void showTheWay(String web, DemoStudy study, String instance)
      throws InterruptedException {
    String found = web + "/studies?StudyInstanceUID=" + study.uid();
    long begin = System.nanoTime();
    if (searchable(found)) {
      System.out.printf("Searchable after another %.1f s%n", (System.nanoTime() - begin) / 1e9);
    } else {
      System.out.printf("Not searchable yet: see ./pacs status%n");
    }
    String path = web + "/studies/" + study.uid();
    String series = path + "/series/" + study.seriesUids().getLast();
    System.out.printf(
        """

        Look at it:
          curl -s '%s'
          curl -s '%s/series'
          curl -s '%s/metadata'
          curl -s -o frame.bin -H 'Accept: multipart/related; type="application/octet-stream"' \\
            '%s/instances/%s/frames/1'
          ./pacs statistics
        """,
        found, path, series, series, instance);
  }

  private static boolean searchable(String found) throws InterruptedException {
    long deadline = System.nanoTime() + SEARCHABLE_LIMIT.toNanos();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(found))
            .header("Accept", "application/dicom+json")
            .timeout(SEARCHABLE_LIMIT)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < deadline) {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200 && answer.body().contains("0020000D")) {
          return true;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
