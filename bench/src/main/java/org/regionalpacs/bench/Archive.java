package org.regionalpacs.bench;

import org.regionalpacs.dicom.net.RemoteAe;

/** One that takes images by C-STORE and gives them by DICOMweb below {@link #ROOT}. */
interface Archive extends Server {
  /** Path of its DICOMweb service. */
  String ROOT = "/dicom-web";

  RemoteAe dicom();
}
