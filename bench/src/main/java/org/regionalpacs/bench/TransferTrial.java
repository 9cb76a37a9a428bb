package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;

/**
 * A series that a service has in every form that there is.
 *
 * @param original its files
 * @param forms what the service has
 * @param encoding seconds that encoding the whole series took, round by round
 */
record TransferTrial(
    TransferSeries kind,
    List<byte[]> original,
    Map<TransferForm, StoredSeries> forms,
    Map<TransferForm, Rates> encoding) {

  /** Seconds of a form over a link, round by round. */
  record Times(Rates first, Rates all, Rates withEncoding) {
    static Times none() {
      return new Times(new Rates(), new Rates(), new Rates());
    }
  }

  /** Makes a series and stores it in each form, each with identifiers of its own. */
  static TransferTrial of(
      TransferSeries kind, int images, int side, TransferService service, Path scratch)
      throws IOException {
    Map<TransferForm, StoredSeries> forms = new EnumMap<>(TransferForm.class);
    for (TransferForm form : TransferForm.values()) {
      if (form.missing().isEmpty()) {
        forms.put(form, service.store(form.of(kind.make(images, side), scratch)));
      }
    }
    Map<TransferForm, Rates> encoding = new EnumMap<>(TransferForm.class);
    forms.keySet().forEach(form -> encoding.put(form, new Rates()));
    return new TransferTrial(kind, kind.make(images, side), forms, encoding);
  }

  /**
   * Looks whether the service gives what it was given.
   *
   * @throws IOException when samples of a lossless form aren't the original's
   */
  void verify(SeriesViewer viewer) throws IOException {
    for (Map.Entry<TransferForm, StoredSeries> form : forms.entrySet()) {
      List<Samples> shown = viewer.show(form.getValue()).samples();
      for (int i = 0; form.getKey().isExact() && i < shown.size(); i++) {
        byte[] expected = StoredSeries.samples(original.get(i)).bytes();
        if (!Arrays.equals(shown.get(i).bytes(), expected)) {
          throw new IOException(form.getKey().text() + " has other samples than the original");
        }
      }
    }
  }

  /** Encodes the whole series once in each form. */
  void encode(Path scratch) throws IOException {
    for (TransferForm form : forms.keySet()) {
      long start = System.nanoTime();
      form.of(original, scratch);
      encoding.get(form).add(form.isOriginal() ? 0 : (System.nanoTime() - start) / 1e9);
    }
  }

  /** Shows it once in each form. */
  void pass(SeriesViewer viewer, Map<TransferForm, Times> to) throws IOException {
    for (Map.Entry<TransferForm, StoredSeries> form : forms.entrySet()) {
      SeriesViewer.Shown shown = viewer.show(form.getValue());
      Times times = to.computeIfAbsent(form.getKey(), key -> Times.none());
      times.first().add(shown.firstSeconds());
      times.all().add(shown.seconds());
      times.withEncoding().add(shown.seconds() + encoding.get(form.getKey()).median());
    }
  }

  String title() {
    ImageDescription image = forms.get(TransferForm.ORIGINAL).image();
    return "## %s: %d images of %d x %d pixels, 12 of 16 bits%n%n"
        .formatted(kind, original.size(), image.columns(), image.rows());
  }

  /** A row for each form. */
  String table(Map<TransferForm, Times> times) {
    StringBuilder table =
        new StringBuilder(
            """
            | form | MB | smaller | encoded in s | first image s | all images s | faster | faster with encoding |
            |---|---:|---:|---:|---:|---:|---:|---:|
            """);
    StoredSeries plain = forms.get(TransferForm.ORIGINAL);
    Times before = times.get(TransferForm.ORIGINAL);
    for (TransferForm form : TransferForm.values()) {
      table.append("| ").append(form.text());
      if (!forms.containsKey(form)) {
        table.append(": ").append(form.missing().orElse("")).append(" | | | | | | | |\n");
        continue;
      }
      long bytes = forms.get(form).bytes();
      Times own = times.get(form);
      table.append(
          " | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n"
              .formatted(
                  bytes / 1e6,
                  (double) plain.bytes() / bytes,
                  encoding.get(form).median(),
                  own.first().median(),
                  own.all().median(),
                  before.all().ratioTo(own.all()),
                  before.all().ratioTo(own.withEncoding())));
    }
    return table.toString();
  }
}
