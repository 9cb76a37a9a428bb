package org.regionalpacs.dicom.net;

import java.util.List;
import java.util.Set;

/**
 * The abstract syntaxes of PS3.6 Table A-1 that are not objects to be stored: queries, worklists,
 * procedure steps, printing, notifications, and the UIDs that are no SOP classes at all.
 */
final class OtherServices {
  /** Whole branches of the UID tree. */
  private static final List<String> BRANCHES =
      List.of(
          "1.2.840.10008.1.2.", // transfer syntaxes
          "1.2.840.10008.1.3.", // Media Storage Directory
          "1.2.840.10008.1.20.", // Storage Commitment
          "1.2.840.10008.2.", // dictionary and registries
          "1.2.840.10008.3.1.2.", // patient, visit, study, results management; procedure steps
          "1.2.840.10008.4.", // service classes
          "1.2.840.10008.5.1.1.", // printing, media creation, display systems
          "1.2.840.10008.5.1.4.1.2.", // query/retrieve
          "1.2.840.10008.5.1.4.32.", // general purpose worklist
          "1.2.840.10008.5.1.4.34.4.", // unified worklist, trial use
          "1.2.840.10008.5.1.4.34.6.", // unified worklist and procedure steps
          "1.2.840.10008.5.1.4.37.", // relevant patient information
          "1.2.840.10008.6.",
          "1.2.840.10008.7.",
          "1.2.840.10008.8.",
          "1.2.840.10008.9.",
          "1.2.840.10008.10."); // real-time video services

  private static final Set<String> SINGLE =
      Set.of(
          "1.2.840.10008.1.2",
          "1.2.840.10008.1.9", // Basic Study Content Notification
          "1.2.840.10008.1.40", // Procedural Event Logging
          "1.2.840.10008.1.42", // Substance Administration Logging
          "1.2.840.10008.3.1.1.1", // the application context
          "1.2.840.10008.5.1.4.1.1.200.4", // Defined Procedure Protocol, find, move, get
          "1.2.840.10008.5.1.4.1.1.200.5",
          "1.2.840.10008.5.1.4.1.1.200.6",
          "1.2.840.10008.5.1.4.1.1.201.2", // Inventory find, move, get, creation, repository query
          "1.2.840.10008.5.1.4.1.1.201.3",
          "1.2.840.10008.5.1.4.1.1.201.4",
          "1.2.840.10008.5.1.4.1.1.201.5",
          "1.2.840.10008.5.1.4.1.1.201.6",
          "1.2.840.10008.5.1.4.31", // Modality Worklist
          "1.2.840.10008.5.1.4.33", // Instance Availability Notification
          "1.2.840.10008.5.1.4.34.8", // RT machine verification
          "1.2.840.10008.5.1.4.34.9",
          "1.2.840.10008.5.1.4.38.2", // Hanging Protocol find, move, get
          "1.2.840.10008.5.1.4.38.3",
          "1.2.840.10008.5.1.4.38.4",
          "1.2.840.10008.5.1.4.39.2", // Color Palette find, move, get
          "1.2.840.10008.5.1.4.39.3",
          "1.2.840.10008.5.1.4.39.4",
          "1.2.840.10008.5.1.4.41", // Product Characteristics Query
          "1.2.840.10008.5.1.4.42", // Substance Approval Query
          "1.2.840.10008.5.1.4.43.2", // Generic Implant Template find, move, get
          "1.2.840.10008.5.1.4.43.3",
          "1.2.840.10008.5.1.4.43.4",
          "1.2.840.10008.5.1.4.44.2", // Implant Assembly Template find, move, get
          "1.2.840.10008.5.1.4.44.3",
          "1.2.840.10008.5.1.4.44.4",
          "1.2.840.10008.5.1.4.45.2", // Implant Template Group find, move, get
          "1.2.840.10008.5.1.4.45.3",
          "1.2.840.10008.5.1.4.45.4");

  /** Objects to be stored that sit in one of the branches. */
  private static final Set<String> STORED_NEVERTHELESS =
      Set.of(
          "1.2.840.10008.5.1.1.27", // Stored Print
          "1.2.840.10008.5.1.1.29", // Hardcopy Grayscale Image
          "1.2.840.10008.5.1.1.30"); // Hardcopy Color Image

  private OtherServices() {}

  static boolean include(String abstractSyntax) {
    return !STORED_NEVERTHELESS.contains(abstractSyntax)
        && (SINGLE.contains(abstractSyntax)
            || BRANCHES.stream().anyMatch(abstractSyntax::startsWith));
  }
}
