package org.regionalpacs.wado.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.intake.Intake;
import org.regionalpacs.intake.IntakeException;
import org.regionalpacs.intake.Reception;
import org.regionalpacs.intake.Source;
import org.regionalpacs.wado.store.StoreOutcome.Failed;
import org.regionalpacs.wado.store.StoreOutcome.Reference;
import org.regionalpacs.wado.store.StoreOutcome.Stored;
import org.regionalpacs.wado.web.UnavailableException;
import org.springframework.stereotype.Component;

/** Takes one Part 10 stream in: its file meta information is read, its data set goes to intake. */
@Component
class ObjectReceiver {
  /**
   * Preamble, file meta information, and what precedes the Study Instance UID if that is needed.
   */
  private static final int MAX_HEADER = 4 * 1024 * 1024;

  private final Intake intake;

  ObjectReceiver(Intake intake) {
    this.intake = intake;
  }

  /**
   * Looks whether so many bytes can be stored, before they are read.
   *
   * @throws UnavailableException when not
   */
  void requireRoom(OptionalLong announced) {
    try {
      intake.requireRoom(announced.orElse(0));
    } catch (IntakeException e) {
      throw new UnavailableException("Nothing was stored: " + e.getMessage(), e);
    }
  }

  /**
   * Receives an object.
   *
   * @param announced bytes that may come at most
   * @throws TooLargeException when it is longer than what is taken
   * @throws IOException when the sender's stream broke
   */
  StoreOutcome receive(StoreRequest request, OptionalLong announced, InputStream part10)
      throws IOException {
    ReplayingInput input = new ReplayingInput(part10, MAX_HEADER);
    Attributes meta;
    String transferSyntax;
    long offset;
    boolean otherStudy;
    try (DicomInputStream dicom = DicomInputStream.ofPart10(input)) {
      meta = dicom.fileMeta().orElseGet(Attributes::new);
      transferSyntax = dicom.transferSyntax();
      offset = dicom.dataSetOffset();
      Optional<String> study = request.study();
      otherStudy = study.isPresent() && !study.equals(studyOf(dicom, study));
    } catch (DicomFormatException | ReplayingInput.LookedTooFarException e) {
      return Failed.nameless(FailureReason.CANNOT_UNDERSTAND, e.getMessage());
    }
    Optional<Reference> object = Reference.ofFileMeta(meta);
    if (otherStudy) {
      return new Failed(
          object,
          FailureReason.OTHER_STUDY,
          "the data set belongs to another study than the path names");
    }
    Reception reception =
        new Reception(
            request.scope().tenant(),
            transferSyntax,
            meta.getString(Tag.MediaStorageSOPClassUID),
            meta.getString(Tag.MediaStorageSOPInstanceUID),
            "",
            "",
            Source.STOW,
            request.peer(),
            announced);
    try {
      return new Stored(intake.receive(reception, input.from(offset)).message());
    } catch (IntakeException e) {
      return new Failed(object, FailureReason.of(e.reason()), e.getMessage());
    }
  }

  /**
   * The study that the data set names. When it can't be read, the one expected: then intake, which
   * reads it anyway, says what is wrong with it.
   */
  private static Optional<String> studyOf(DicomInputStream dicom, Optional<String> expected)
      throws IOException {
    try {
      return dicom
          .keepOnly(tag -> tag == Tag.StudyInstanceUID)
          .readDataSetUntil(Tag.StudyInstanceUID + 1)
          .getString(Tag.StudyInstanceUID)
          .or(() -> expected);
    } catch (DicomFormatException _) {
      return expected;
    }
  }
}
