package org.regionalpacs.consumer.converter;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.data.UID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which objects are encoded once more, and how. The original is always kept.
 *
 * @param viewersDecode transfer syntaxes that viewers decode
 * @param defaults what holds where no rule does
 * @param rules the first one that fits an object holds, as a whole
 */
@Validated
@ConfigurationProperties("pacs.conversion")
record ConversionProperties(
    @DefaultValue({
          UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.RLELossless,
          UID.JPEGBaseline8Bit,
          UID.JPEGExtended12Bit,
          UID.JPEGLossless,
          UID.JPEGLosslessSV1,
          UID.JPEGLSLossless,
          UID.JPEGLSNearLossless,
          UID.JPEG2000Lossless,
          UID.JPEG2000,
          UID.HTJ2KLossless,
          UID.HTJ2KLosslessRPCL,
          UID.HTJ2K
        })
        @NotEmpty
        Set<@NotBlank String> viewersDecode,
    @DefaultValue @Valid @NotNull Choice defaults,
    @DefaultValue List<@Valid Rule> rules) {

  /** Ratio of modalities that aren't named. */
  static final String OTHERS = "*";

  /** The same as the name of an environment variable can say it. */
  private static final String OTHERS_BY_NAME = "OTHERS";

  @AssertTrue(
      message =
          "viewers-decode must have what others are converted into:"
              + " 1.2.840.10008.1.2.1 and 1.2.840.10008.1.2.4.90")
  boolean isWithTargets() {
    return viewersDecode.containsAll(List.of(UID.ExplicitVRLittleEndian, UID.JPEG2000Lossless));
  }

  /** Into what uncompressed images are compressed. */
  enum Compression {
    NONE,
    JPEG2000,
    JPEGLS
  }

  /**
   * What is wanted of an object.
   *
   * @param viewable a rendition that viewers decode, of what they don't
   * @param compress a smaller one with the same samples, of images that aren't compressed
   * @param preview by modality in capitals, or {@link #OTHERS}: so many times smaller is a lossy
   *     one
   */
  record Choice(
      @DefaultValue("true") boolean viewable,
      @DefaultValue("none") @NotNull Compression compress,
      @DefaultValue Map<String, @NotNull Double> preview) {

    Choice {
      // Environment variables make small letters of names.
      preview =
          preview.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(each -> name(each.getKey()), Map.Entry::getValue));
    }

    private static String name(String modality) {
      String name = modality.toUpperCase(Locale.ROOT);
      return name.equals(OTHERS_BY_NAME) ? OTHERS : name;
    }

    @AssertTrue(message = "ratios of previews must be more than 1, up to 1000")
    boolean isPreviewUsable() {
      return preview.values().stream().allMatch(ratio -> ratio > 1 && ratio <= 1000);
    }
  }

  /**
   * What is wanted of some objects.
   *
   * @param tenant the tenant; empty: of all
   * @param sopClasses SOP Class UIDs; none: of all
   * @param choice what
   */
  record Rule(
      @DefaultValue("") @NotNull String tenant,
      @DefaultValue Set<@NotBlank String> sopClasses,
      @DefaultValue @Valid @NotNull Choice choice) {

    boolean fits(String ofTenant, String sopClass) {
      return (tenant.isEmpty() || tenant.equals(ofTenant))
          && (sopClasses.isEmpty() || sopClasses.contains(sopClass));
    }
  }
}
