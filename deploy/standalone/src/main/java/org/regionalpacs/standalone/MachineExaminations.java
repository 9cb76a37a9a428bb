package org.regionalpacs.standalone;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.charls.CharlsCodec;
import org.regionalpacs.codec.openjpeg.OpenjpegCodec;

/** Java, memory and the libraries in C: what the product needs of its machine. */
final class MachineExaminations {
  private static final int JAVA = 25;
  private static final long LEAST_MEMORY = 1900L << 20;

  /** What a start takes at rest, and some room to work. */
  private static final long LEAST_AVAILABLE = 1000L << 20;

  private static final Path MEMORY = Path.of("/proc/meminfo");

  private MachineExaminations() {}

  static List<Examination> all(boolean running) {
    return List.of(
        Examination.of(
            "java", () -> java(Runtime.version().feature(), Runtime.version().toString())),
        Examination.of("memory", () -> memory(total(), available(), running)),
        new Examination("libraries", MachineExaminations::libraries));
  }

  static Diagnosis java(int feature, String version) {
    return feature >= JAVA
        ? Diagnosis.ok("java", version + " in " + System.getProperty("java.home"))
        : Diagnosis.trouble("java", "%s: install a JDK %d".formatted(version, JAVA));
  }

  /**
   * @param available what programs could have now, in bytes; empty when that isn't known
   */
  static Diagnosis memory(long total, OptionalLong available, boolean running) {
    String has =
        "%,d MB, %s available"
            .formatted(
                total >> 20,
                available.isPresent()
                    ? "%,d MB".formatted(available.getAsLong() >> 20)
                    : "unknown");
    if (total < LEAST_MEMORY) {
      return Diagnosis.trouble("memory", has + ": the PACS wants 2 GB or more");
    }
    return !running && available.orElse(LEAST_AVAILABLE) < LEAST_AVAILABLE
        ? Diagnosis.trouble(
            "memory", has + ": a start takes 1 GB; end other programs, or add memory")
        : Diagnosis.ok("memory", has);
  }

  private static long total() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  private static OptionalLong available() throws IOException {
    if (!Files.exists(MEMORY)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(MEMORY)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst();
    }
  }

  /** As the processes that code by them look for them. */
  private static List<Diagnosis> libraries() {
    use("PACS_CODEC_CHARLS", CharlsCodec.PROPERTY);
    use("PACS_CODEC_OPENJPEG", OpenjpegCodec.PROPERTY);
    List<Diagnosis> found = new ArrayList<>();
    ForeignCodecs.availability().forEach(library -> found.add(library(library)));
    return found;
  }

  private static void use(String variable, String property) {
    String file = System.getenv(variable);
    if (file != null && !file.isBlank()) {
      System.setProperty(property, file);
    }
  }

  static Diagnosis library(Availability library) {
    String subject = library.library().toLowerCase(Locale.ROOT);
    return library.usable()
        ? Diagnosis.ok(subject, library.detail())
        : Diagnosis.trouble(
            subject, library.detail() + ". Until then its images aren't shown, nor converted");
  }
}
