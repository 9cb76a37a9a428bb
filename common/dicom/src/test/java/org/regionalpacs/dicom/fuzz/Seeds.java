package org.regionalpacs.dicom.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.opentest4j.TestAbortedException;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

/** What fuzzing starts from: well-formed inputs to break. */
final class Seeds {
  private static final int SMALL = 8 * 1024;

  private Seeds() {}

  /** A small file in each encoding, and the small ones of the samples where they are. */
  static void dataSets(Path folder) throws IOException {
    for (String syntax :
        List.of(
            UID.ImplicitVRLittleEndian,
            UID.ExplicitVRLittleEndian,
            UID.ExplicitVRBigEndian,
            UID.DeflatedExplicitVRLittleEndian,
            UID.JPEGBaseline8Bit)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      DicomOutputStream.writeFile(
          FileMeta.of(UID.CTImageStorage, "1.2.3", syntax),
          image(syntax.equals(UID.JPEGBaseline8Bit)),
          out);
      Files.write(folder.resolve("built-in-" + syntax), out.toByteArray());
    }
    try {
      for (Path file : TestFiles.all()) {
        if (Files.size(file) <= SMALL) {
          Files.copy(file, folder.resolve(file.toString().replace('/', '_')));
        }
      }
    } catch (TestAbortedException e) {
      // Without samples the built-in files have to do.
    }
  }

  private static Attributes image(boolean encapsulated) {
    Attributes dataSet =
        new Attributes()
            .setString(Tag.SpecificCharacterSet, "ISO 2022 IR 13", "ISO 2022 IR 87")
            .setString(Tag.PatientName, "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎")
            .setInt(Tag.NumberOfFrames, 2)
            .setInt(Tag.Rows, 1)
            .setInt(Tag.Columns, 2)
            .setInt(Tag.BitsAllocated, 8)
            .setInt(Tag.SmallestImagePixelValue, VR.US, 1);
    dataSet.newSequence(Tag.ProcedureCodeSequence).addItem().setString(Tag.CodeValue, "X1");
    if (!encapsulated) {
      return dataSet.setBytes(Tag.PixelData, VR.OB, new byte[] {1, 2, 3, 4});
    }
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    for (int i = 0; i < 3; i++) {
      fragments.add(new byte[] {-1, (byte) 0xD8, -1, 0});
    }
    return dataSet.set(Tag.PixelData, VR.OB, fragments);
  }

  /** One PDU of each type (PS3.8 9.3). */
  static void pdus(Path folder) throws IOException {
    String titles = "00010000" + "20".repeat(32) + "00".repeat(32);
    String context = "10000015" + HexFormat.of().formatHex("1.2.840.10008.3.1.1.1".getBytes());
    String proposed =
        "2000002e 01000000 30000011 312e322e3834302e31303030382e312e31"
            + "40000011 312e322e3834302e31303030382e312e32";
    String user = "50000008 51000004 00004000";
    String request = titles + context + proposed + user;
    int length = request.replace(" ", "").length() / 2;
    List<String> pdus =
        List.of(
            "0100%08x".formatted(length) + request,
            "0200%08x".formatted(length) + request.replace("2000002e", "2100002e"),
            "030000000004 00010101",
            "040000000008 00000004 0103 0000",
            "050000000004 00000000 060000000004 00000000",
            "070000000004 00000201");
    for (int i = 0; i < pdus.size(); i++) {
      byte[] bytes = HexFormat.of().parseHex(pdus.get(i).replace(" ", ""));
      Files.write(folder.resolve("pdu-" + i), bytes);
    }
  }
}
