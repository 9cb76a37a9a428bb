package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransferFormTest {
  private static final int IMAGES = 2;

  @TempDir Path scratch;

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void givenASeries_whenEncoded_thenItIsSmallerAndExactWhereItSaysSo(TransferForm form)
      throws IOException {
    assumeTrue(form.missing().isEmpty(), () -> form.missing().orElse(""));
    for (TransferSeries kind : TransferSeries.values()) {
      List<byte[]> original = kind.make(IMAGES, 64);
      List<byte[]> encoded = form.of(original, scratch);

      StoredSeries before = StoredSeries.of(original);
      StoredSeries after = StoredSeries.of(encoded);
      assertThat(after.frames()).hasSize(IMAGES).doesNotHaveDuplicates();
      // Real noise leaves a third to a half; ten to one is what was asked for.
      double smaller = (double) before.bytes() / after.bytes();
      assertThat(smaller).isBetween(form.isOriginal() ? 1 : 1.3, form.isExact() ? 4.0 : 15);
      for (int i = 0; form.isExact() && i < IMAGES; i++) {
        assertThat(StoredSeries.samples(encoded.get(i)).bytes())
            .isEqualTo(StoredSeries.samples(original.get(i)).bytes());
      }
    }
  }
}
