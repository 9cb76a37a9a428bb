package org.regionalpacs.consumer.converter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.consumer.converter.ConversionProperties.Choice;
import org.regionalpacs.consumer.converter.ConversionProperties.Rule;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.messages.ConvertMessage.Wanted;
import org.regionalpacs.messages.StorageMessage;
import org.springframework.stereotype.Component;

/** What is wanted of an object, by what its message and its header say. */
@Component
public class ConversionPolicy {
  private static final Set<String> PLAIN =
      Set.of(UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian);
  private static final Set<String> NATIVE =
      Set.of(
          UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.ExplicitVRBigEndian,
          UID.DeflatedExplicitVRLittleEndian);

  /** Compressed, and never with loss. */
  private static final Set<String> LOSSLESS =
      Set.of(
          UID.RLELossless,
          UID.JPEGLossless,
          UID.JPEGLosslessSV1,
          UID.JPEGLSLossless,
          UID.JPEG2000Lossless,
          UID.HTJ2KLossless,
          UID.HTJ2KLosslessRPCL,
          UID.DeflatedImageFrameCompression);

  /** MPEG-2, MPEG-4 and HEVC (PS3.5 8.2.5 to 8.2.9, 8.2.13): players take them as they are. */
  private static final String VIDEO = "1.2.840.10008.1.2.4.10";

  private final ConversionProperties properties;

  ConversionPolicy(ConversionProperties properties) {
    this.properties = properties;
  }

  /**
   * What is wanted.
   *
   * @param attributes of the header, by keyword
   * @return none of a kind twice; mostly nothing
   */
  public List<Wanted> wanted(StorageMessage object, Map<String, String> attributes) {
    String syntax = object.transferSyntax();
    if (!attributes.containsKey("Rows") || syntax.startsWith(VIDEO)) {
      return List.of();
    }
    Choice choice =
        properties.rules().stream()
            .filter(rule -> rule.fits(object.tenant(), object.sopClass()))
            .findFirst()
            .map(Rule::choice)
            .orElse(properties.defaults());
    List<Wanted> wanted = new ArrayList<>();
    lossless(choice, syntax, attributes).ifPresent(wanted::add);
    preview(choice, syntax, attributes).ifPresent(wanted::add);
    return wanted;
  }

  /**
   * What viewers can't decode becomes what they can, whatever its size. That is JPEG 2000 where the
   * samples were compressed; of single bits and of what wasn't compressed it is Explicit VR.
   */
  private Optional<Wanted> lossless(Choice choice, String syntax, Map<String, String> attributes) {
    boolean bits = "1".equals(attributes.get("BitsAllocated"));
    if (!isDecoded(syntax, attributes)) {
      String target =
          bits || NATIVE.contains(syntax) ? UID.ExplicitVRLittleEndian : UID.JPEG2000Lossless;
      boolean useful = choice.viewable() && !target.equals(syntax);
      return useful ? Optional.of(lossless(target, false)) : Optional.empty();
    }
    if (bits || !PLAIN.contains(syntax)) {
      return Optional.empty();
    }
    return switch (choice.compress()) {
      case NONE -> Optional.empty();
      case JPEG2000 -> Optional.of(lossless(UID.JPEG2000Lossless, true));
      case JPEGLS -> Optional.of(lossless(UID.JPEGLSLossless, true));
    };
  }

  /** Of JPEG by DCT with 12 bits OHIF's decoder makes other values: a CT gets brighter by 15 HU. */
  private boolean isDecoded(String syntax, Map<String, String> attributes) {
    boolean wrong =
        syntax.equals(UID.JPEGExtended12Bit) && !"8".equals(attributes.get("BitsAllocated"));
    return properties.viewersDecode().contains(syntax) && !wrong;
  }

  private static Wanted lossless(String transferSyntax, boolean ifSmaller) {
    return new Wanted(RenditionKind.LOSSLESS.text(), transferSyntax, 0, ifSmaller);
  }

  /** What has lost something doesn't lose more. */
  private static Optional<Wanted> preview(
      Choice choice, String syntax, Map<String, String> attributes) {
    boolean whole =
        (NATIVE.contains(syntax) || LOSSLESS.contains(syntax))
            && !"01".equals(attributes.get("LossyImageCompression"))
            && !"1".equals(attributes.get("BitsAllocated"));
    String modality = attributes.getOrDefault("Modality", "").toUpperCase(Locale.ROOT);
    return Optional.of(choice.preview())
        .filter(_ -> whole)
        .flatMap(ratios ->
            Optional.ofNullable(ratios.get(modality))
                .or(() -> Optional.ofNullable(ratios.get(ConversionProperties.OTHERS))))
        .map(ratio -> new Wanted(RenditionKind.PREVIEW.text(), UID.JPEG2000, ratio, true));
  }
}
