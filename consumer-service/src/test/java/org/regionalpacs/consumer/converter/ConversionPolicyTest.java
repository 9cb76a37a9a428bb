package org.regionalpacs.consumer.converter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.messages.ConvertMessage.Wanted;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.messages.StorageMessage;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConversionPolicyTest {
  private static final String CT = UID.CTImageStorage;
  private static final Wanted EXPLICIT = lossless(UID.ExplicitVRLittleEndian, false);
  private static final Wanted RECODED = lossless(UID.JPEG2000Lossless, false);
  private static final Wanted SMALLER = lossless(UID.JPEG2000Lossless, true);

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "implicit,                  1.2.840.10008.1.2,         ''",
    "explicit,                  1.2.840.10008.1.2.1,       ''",
    "big endian (retired),      1.2.840.10008.1.2.2,       explicit",
    "deflated (PS3.5 A.5),      1.2.840.10008.1.2.1.99,    explicit",
    "RLE,                       1.2.840.10008.1.2.5,       ''",
    "baseline,                  1.2.840.10008.1.2.4.50,    ''",
    "spectral selection,        1.2.840.10008.1.2.4.53,    recoded",
    "full progression,          1.2.840.10008.1.2.4.55,    recoded",
    "lossless JPEG,             1.2.840.10008.1.2.4.70,    ''",
    "JPEG-LS,                   1.2.840.10008.1.2.4.80,    ''",
    "JPEG 2000,                 1.2.840.10008.1.2.4.91,    ''",
    "JPEG 2000 part 2,          1.2.840.10008.1.2.4.92,    recoded",
    "JPEG 2000 part 2 lossy,    1.2.840.10008.1.2.4.93,    recoded",
    "video,                     1.2.840.10008.1.2.4.102,   ''",
    "JPEG XL,                   1.2.840.10008.1.2.4.110,   recoded",
    "HTJ2K,                     1.2.840.10008.1.2.4.203,   ''",
    "deflated frames,           1.2.840.10008.1.2.8.1,     recoded",
  })
  void byDefaultOnlyWhatViewersDoNotDecodeIsConverted(String name, String syntax, String wanted) {
    List<Wanted> expected =
        switch (wanted) {
          case "explicit" -> List.of(EXPLICIT);
          case "recoded" -> List.of(RECODED);
          default -> List.of();
        };
    assertThat(policy(Map.of()).wanted(object("t", CT, syntax), image("CT"))).isEqualTo(expected);
  }

  @Test
  void ofExtendedJpegOnlyTheEightBitsAreShownRight() {
    Map<String, String> bytes = image("CT");
    bytes.put("BitsAllocated", "8");
    Map<String, String> words = image("CT");
    words.put("BitsAllocated", "16");

    assertThat(policy(Map.of()).wanted(object("t", CT, UID.JPEGExtended12Bit), bytes)).isEmpty();
    assertThat(policy(Map.of()).wanted(object("t", CT, UID.JPEGExtended12Bit), words))
        .containsExactly(RECODED);
  }

  @Test
  void noOtherCodecTakesSingleBits() {
    Map<String, String> bits = image("SEG");
    bits.put("BitsAllocated", "1");
    ConversionPolicy policy = policy(Map.of("defaults.compress", "jpeg2000"));

    assertThat(policy.wanted(object("t", CT, UID.DeflatedImageFrameCompression), bits))
        .containsExactly(EXPLICIT);
    assertThat(policy.wanted(object("t", CT, UID.ExplicitVRLittleEndian), bits)).isEmpty();
  }

  @Test
  void nothingIsConvertedIntoWhatItIs() {
    ConversionProperties few =
        new ConversionProperties(
            Set.of("1.2.840.10008.1.2.4.110"),
            new ConversionProperties.Choice(true, ConversionProperties.Compression.NONE, Map.of()),
            List.of());

    assertThat(few.isWithTargets()).as("said at the start").isFalse();
    for (String syntax : List.of(UID.ExplicitVRLittleEndian, UID.JPEG2000Lossless)) {
      assertThat(new ConversionPolicy(few).wanted(object("t", CT, syntax), image("CT"))).isEmpty();
    }
  }

  @Test
  void whatHasNoImageIsNotConverted() {
    assertThat(policy(Map.of()).wanted(object("t", CT, UID.ExplicitVRBigEndian), Map.of()))
        .isEmpty();
  }

  @Test
  void theFirstRuleThatFitsHoldsAsAWhole() {
    ConversionPolicy policy =
        policy(
            Map.of(
                "defaults.compress", "jpegls",
                "rules[0].tenant", "north",
                "rules[0].sop-classes[0]", CT,
                "rules[0].choice.compress", "jpeg2000",
                "rules[1].tenant", "north",
                "rules[1].choice.viewable", "false"));

    assertThat(policy.wanted(object("north", CT, UID.ImplicitVRLittleEndian), image("CT")))
        .containsExactly(SMALLER);
    assertThat(policy.wanted(object("north", CT, UID.ExplicitVRBigEndian), image("CT")))
        .as("of what viewers don't decode, whatever its size")
        .containsExactly(EXPLICIT);
    for (String syntax : List.of(UID.ImplicitVRLittleEndian, UID.ExplicitVRBigEndian)) {
      assertThat(policy.wanted(object("north", UID.MRImageStorage, syntax), image("MR"))).isEmpty();
    }
    assertThat(policy.wanted(object("south", CT, UID.ImplicitVRLittleEndian), image("CT")))
        .containsExactly(lossless(UID.JPEGLSLossless, true));
    assertThat(policy.wanted(object("south", CT, UID.RLELossless), image("CT")))
        .as("is compressed already")
        .isEmpty();
  }

  @Test
  void previewsHaveTheRatioOfTheirModalityAndNeverLoseTwice() {
    ConversionPolicy policy =
        policy(Map.of("defaults.preview.ct", "10", "defaults.preview.OTHERS", "8"));

    assertThat(policy.wanted(object("t", CT, UID.ExplicitVRLittleEndian), image("CT")))
        .containsExactly(preview(10));
    assertThat(policy.wanted(object("t", CT, UID.JPEGLosslessSV1), image("MR")))
        .containsExactly(preview(8));
    for (String lossy : List.of(UID.JPEG2000, UID.JPEGBaseline8Bit, UID.JPEGLSNearLossless)) {
      assertThat(policy.wanted(object("t", CT, lossy), image("CT"))).as(lossy).isEmpty();
    }
    Map<String, String> lossyBefore = image("CT");
    lossyBefore.put("LossyImageCompression", "01");
    assertThat(policy.wanted(object("t", CT, UID.ExplicitVRLittleEndian), lossyBefore)).isEmpty();
    assertThat(
            policy(Map.of("defaults.preview.CT", "10"))
                .wanted(object("t", CT, UID.ExplicitVRLittleEndian), image("MR")))
        .isEmpty();
  }

  private static Wanted lossless(String syntax, boolean ifSmaller) {
    return new Wanted("lossless", syntax, 0, ifSmaller);
  }

  private static Wanted preview(double ratio) {
    return new Wanted("preview", UID.JPEG2000, ratio, true);
  }

  private static Map<String, String> image(String modality) {
    return new HashMap<>(Map.of("Rows", "512", "BitsAllocated", "16", "Modality", modality));
  }

  private static ConversionPolicy policy(Map<String, String> settings) {
    Map<String, String> keys = new HashMap<>();
    settings.forEach((key, value) -> keys.put("pacs.conversion." + key, value));
    return new ConversionPolicy(
        new Binder(new MapConfigurationPropertySource(keys))
            .bindOrCreate("pacs.conversion", Bindable.of(ConversionProperties.class)));
  }

  private static StorageMessage object(String tenant, String sopClass, String syntax) {
    return new StorageMessage(
        StorageMessage.SCHEMA_VERSION,
        ReceptionId.next(),
        tenant,
        syntax,
        sopClass,
        "1.2.3",
        "1.2",
        "1.2.1",
        "",
        "f",
        1,
        "p",
        0,
        "n",
        "",
        "DIMSE",
        Instant.EPOCH,
        "0".repeat(64));
  }
}
