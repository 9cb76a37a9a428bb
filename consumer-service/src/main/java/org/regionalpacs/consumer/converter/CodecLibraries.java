package org.regionalpacs.consumer.converter;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.charls.CharlsCodec;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.dicom.data.UID;
import org.springframework.stereotype.Component;

/** Whether C libraries that a conversion needs are there. */
@Component
class CodecLibraries {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> JPEG_LS = List.of(UID.JPEGLSLossless, UID.JPEGLSNearLossless);

  private final CodecProcesses processes;

  CodecLibraries(CodecProcesses processes) {
    this.processes = processes;
  }

  /** What is missing to decode the one and encode the other, and what to do; empty: nothing. */
  Optional<String> missing(String from, String to) {
    List<String> foreign =
        Stream.of(from, to)
            .filter(syntax -> ForeignCodecs.decodes(syntax) || ForeignCodecs.encodes(syntax))
            .toList();
    return foreign.isEmpty()
        ? Optional.empty()
        : processes.availability(PATIENCE).stream()
            .filter(library -> !library.usable())
            .filter(library -> foreign.stream().anyMatch(syntax -> serves(library, syntax)))
            .map(library -> library.library() + " can't be used: " + library.detail())
            .findFirst();
  }

  private static boolean serves(Availability library, String transferSyntax) {
    return library.library().equals(CharlsCodec.NAME) == JPEG_LS.contains(transferSyntax);
  }
}
