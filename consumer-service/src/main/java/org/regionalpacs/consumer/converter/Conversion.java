package org.regionalpacs.consumer.converter;

import java.io.IOException;
import java.util.Optional;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CodecUnavailableException;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.transcode.TranscodingException;
import org.regionalpacs.codec.transcode.TranscodingRefusedException;
import org.regionalpacs.consumer.AwaitedException;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.index.Rendition;
import org.regionalpacs.index.Renditions;
import org.regionalpacs.messages.ConversionOutcome;
import org.springframework.stereotype.Component;

/**
 * Makes one rendition, unless it is there. What an object is to blame for is recorded and ends
 * there; its original is served on.
 */
@Component
class Conversion {
  private final InstanceObjects index;
  private final Renditions renditions;
  private final RenditionFiles files;
  private final RenditionArchive archive;
  private final CodecLibraries libraries;
  private final ConversionRecords records;

  Conversion(
      InstanceObjects index,
      Renditions renditions,
      RenditionFiles files,
      RenditionArchive archive,
      CodecLibraries libraries,
      ConversionRecords records) {
    this.index = index;
    this.renditions = renditions;
    this.files = files;
    this.archive = archive;
    this.libraries = libraries;
    this.records = records;
  }

  /**
   * Makes it.
   *
   * @throws IOException when it may be made later: the object, a store, a library or room for it is
   *     away
   */
  void make(ReceptionKey source, Goal goal) throws IOException {
    Optional<InstanceObject> current =
        index
            .find(source.tenant(), source.study(), source.series(), source.sop())
            .filter(object -> object.receptionId().equals(source.receptionId()));
    if (current.isEmpty()) {
      renditions.abandon(source, goal.kind());
      return;
    }
    InstanceObject object = current.get();
    if (isThere(object, goal)) {
      return;
    }
    ConversionRecords.Clock clock = records.start(object, goal);
    try (RenditionFile made = files.make(object, goal)) {
      if (archive.keep(object, goal, made)) {
        clock.end(ConversionOutcome.DONE, made.size(), "");
      }
    } catch (UselessRenditionException | TranscodingException | CodecException e) {
      throwIfItMayHeal(object, goal, e);
      renditions.abandon(source, goal.kind());
      clock.end(outcome(e), 0, e.getMessage());
    } catch (DicomFormatException e) {
      renditions.abandon(source, goal.kind());
      clock.end(ConversionOutcome.FAILED, 0, e.getMessage());
    }
  }

  private boolean isThere(InstanceObject object, Goal goal) throws IOException {
    Optional<Rendition> known =
        object.rendition(goal.kind()).filter(one -> one.terms().equals(goal.terms()));
    return known.isPresent() && archive.has(known.get());
  }

  /** A library that is missing, or a lack of processes, isn't the object's fault. */
  private void throwIfItMayHeal(InstanceObject object, Goal goal, Exception failure)
      throws IOException {
    if (failure instanceof UselessRenditionException) {
      return;
    }
    if (failure instanceof CodecUnavailableException unavailable) {
      throw unavailable;
    }
    if (failure.getCause() instanceof CodecUnavailableException unavailable) {
      throw unavailable;
    }
    Optional<String> missing =
        libraries.missing(object.transferSyntax(), goal.target().transferSyntax());
    if (missing.isPresent()) {
      throw new AwaitedException(missing.get(), failure);
    }
  }

  private static ConversionOutcome outcome(Exception failure) {
    return switch (failure) {
      case UselessRenditionException _,
          TranscodingRefusedException _,
          UnsupportedImageException _ ->
          ConversionOutcome.REFUSED;
      default -> ConversionOutcome.FAILED;
    };
  }
}
