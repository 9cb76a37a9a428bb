package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreScu;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.SampleObjects;

/** Sends studies to a product and reads of them, and keeps count of both. */
final class Sending {
  private final SeparateProduct product;
  private final DicomWeb web;
  private final List<String> studies = new ArrayList<>();
  private final Map<String, Integer> requests = new TreeMap<>();
  private int series;
  private int instances;

  Sending(SeparateProduct product) {
    this.product = product;
    this.web = new DicomWeb(product.httpPort());
  }

  /** A study of two series, by DCMTK. */
  void study(Path folder, int imagesOfASeries) throws Exception {
    CtStudy study = CtStudy.write(folder, 2, imagesOfASeries);
    ExternalTool.Outcome sent =
        ExternalTool.named("storescu")
            .run("-aec", "REGIONAL_PACS", "+sd", "+r", "127.0.0.1", product.dicomPort(), folder);
    assertThat(sent.code()).as(sent.output()).isZero();
    studies.add(study.studyUid());
    series += 2;
    instances += 2 * imagesOfASeries;
    requests.merge("C-STORE", 2 * imagesOfASeries, Integer::sum);
  }

  /** An object that has to be recoded when it is read, by our own SCU; its path. */
  String implicitObject() throws IOException {
    Attributes image = SampleObjects.newStudy().image(1);
    String sop = image.getString(Tag.SOPInstanceUID, "");
    ByteArrayOutputStream dataSet = new ByteArrayOutputStream();
    DicomOutputStream.writeDataSet(image, UID.ImplicitVRLittleEndian, dataSet);
    try (StoreScu scu =
        StoreScu.open(
            new RemoteAe("REGIONAL_PACS", "127.0.0.1", product.dicomPort()),
            "OWN_SCU",
            List.of(ProposedContext.of(UID.CTImageStorage, UID.ImplicitVRLittleEndian)),
            ScuOptions.DEFAULT)) {
      assertThat(
              scu.store(
                      UID.CTImageStorage,
                      sop,
                      UID.ImplicitVRLittleEndian,
                      new ByteArrayInputStream(dataSet.toByteArray()))
                  .status())
          .isZero();
    }
    studies.add(image.getString(Tag.StudyInstanceUID, ""));
    series++;
    instances++;
    requests.merge("C-STORE", 1, Integer::sum);
    return "/studies/%s/series/%s/instances/%s"
        .formatted(
            image.getString(Tag.StudyInstanceUID, ""),
            image.getString(Tag.SeriesInstanceUID, ""),
            sop);
  }

  /** Asks for something of every study, whether it is indexed by now or not. */
  void read() throws Exception {
    for (String study : studies) {
      web.get("/studies/" + study + "/series");
      web.get("/studies/" + study + "/metadata");
      requests.merge("QIDO-RS series", 1, Integer::sum);
      requests.merge("WADO-RS metadata", 1, Integer::sum);
    }
  }

  /** Asks for an object; the status. */
  int object(String path) throws Exception {
    int status = web.get(path, "Accept", "application/dicom").statusCode();
    requests.merge("WADO-RS instance", 1, Integer::sum);
    return status;
  }

  List<String> studies() {
    return List.copyOf(studies);
  }

  /** How often each operation was asked for. */
  Map<String, Integer> requests() {
    return new TreeMap<>(requests);
  }

  int series() {
    return series;
  }

  int instances() {
    return instances;
  }
}
