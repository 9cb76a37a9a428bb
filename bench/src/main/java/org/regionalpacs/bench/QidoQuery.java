package org.regionalpacs.bench;

import java.util.List;
import java.util.function.Function;

/**
 * A search that people do every day.
 *
 * @param name what it is
 * @param path below the base, by the index it is done on
 */
record QidoQuery(String name, Function<QidoService, String> path) {

  static final List<QidoQuery> ALL =
      List.of(
          new QidoQuery("the newest 50", _ -> "/studies?limit=50"),
          new QidoQuery(
              "today's, the newest 50", _ -> "/studies?limit=50&StudyDate=" + QidoIndex.day(0)),
          new QidoQuery("patient id", _ -> "/studies?PatientID=P77"),
          new QidoQuery(
              "patient name, prefix",
              index -> "/studies?limit=50&PatientName=" + index.familyName() + "*"),
          new QidoQuery(
              "patient name, fuzzy",
              index ->
                  "/studies?limit=50&fuzzymatching=true&PatientName="
                      + index.familyName().substring(1)),
          new QidoQuery("accession number", _ -> "/studies?AccessionNumber=A77"),
          new QidoQuery("part of an accession number", _ -> "/studies?AccessionNumber=*9977*"),
          new QidoQuery(
              "modality in study, last week",
              _ -> "/studies?limit=50&ModalitiesInStudy=MG&StudyDate=" + QidoIndex.day(7) + "-"),
          new QidoQuery(
              "modality of series, last week",
              _ -> "/studies?limit=50&Modality=MG&StudyDate=" + QidoIndex.day(7) + "-"),
          new QidoQuery("a modality, the newest 50", _ -> "/studies?limit=50&ModalitiesInStudy=MR"),
          new QidoQuery("study UID", _ -> "/studies?StudyInstanceUID=1.2.3.77"),
          new QidoQuery("the series of a study", _ -> "/studies/1.2.3.77/series"),
          new QidoQuery("SOP instance UID", _ -> "/instances?SOPInstanceUID=1.2.5.77"),
          new QidoQuery("50 from the 5,000th on", _ -> "/studies?limit=50&offset=5000"),
          new QidoQuery(
              "50 from the middle of all on",
              index -> "/studies?limit=50&offset=" + index.studies() / 2),
          new QidoQuery(
              "query tag, last year",
              _ ->
                  "/studies?limit=50&DeviceSerialNumber=D77&StudyDate=" + QidoIndex.day(365) + "-"),
          new QidoQuery(
              "query tag, the newest 50", _ -> "/studies?limit=50&DeviceSerialNumber=D77"),
          new QidoQuery(
              "query tag, prefix, returned",
              _ ->
                  "/series?limit=50&DeviceSerialNumber=D7*&includefield=DeviceSerialNumber"
                      + "&StudyDate="
                      + QidoIndex.day(30)
                      + "-"));
}
