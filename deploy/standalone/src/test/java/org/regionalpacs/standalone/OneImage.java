package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreScu;

/** Sends a CT image by C-STORE, as a modality does. */
final class OneImage {
  private OneImage() {}

  static void send(int port, Attributes image) throws IOException {
    ByteArrayOutputStream dataSet = new ByteArrayOutputStream();
    DicomOutputStream.writeDataSet(image, UID.ExplicitVRLittleEndian, dataSet);
    try (StoreScu scu =
        StoreScu.open(
            new RemoteAe("REGIONAL_PACS", "127.0.0.1", port),
            "ONE_IMAGE",
            List.of(ProposedContext.of(UID.CTImageStorage, UID.ExplicitVRLittleEndian)),
            ScuOptions.DEFAULT)) {
      assertThat(
              scu.store(
                      UID.CTImageStorage,
                      image.getString(Tag.SOPInstanceUID, ""),
                      UID.ExplicitVRLittleEndian,
                      new ByteArrayInputStream(dataSet.toByteArray()))
                  .status())
          .isZero();
    }
  }
}
