package org.regionalpacs.dicom.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.VR;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** What DCMTK's dcm2xml makes of a file, and how it differs from what we make of it. */
final class DcmtkXml {
  /** Bytes above which the models differ: DCMTK has all inline, we refer to them. */
  static final int THRESHOLD = 4096;

  private static final int LONGEST_INLINE = (THRESHOLD + 2) / 3 * 4;

  private DcmtkXml() {}

  /** Empty when DCMTK can't read the file, or can't say it in XML. */
  static Optional<byte[]> read(Path file) {
    TestFiles.Output output =
        TestFiles.run(List.of("dcm2xml", "-q", "-nat", "+Xn", "+U8", "+Eb", file.toString()));
    try {
      if (output.status() != 0) {
        return Optional.empty();
      }
      flat(output.stdout());
      return Optional.of(output.stdout());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A document as one line a value, by its path. */
  static Map<String, String> flat(byte[] document) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Map<String, String> values = new TreeMap<>();
      attributes(
          builder.parse(new ByteArrayInputStream(document)).getDocumentElement(), "", values);
      return values;
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(e);
    }
  }

  private static void attributes(Element parent, String path, Map<String, String> values) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (!(node instanceof Element attribute)) {
        continue;
      }
      String creator = attribute.getAttribute("privateCreator").strip();
      String tag = attribute.getAttribute("tag");
      // Without a creator we keep the block, which tells elements apart; DCMTK leaves it out.
      boolean block = "13579BDF".indexOf(tag.charAt(3)) >= 0 && !tag.substring(4, 6).equals("00");
      String here =
          path
              + (block ? tag.substring(0, 4) + "00" + tag.substring(6) : tag)
              + (creator.isEmpty() ? "" : "{" + creator + "}");
      values.put(here + " vr", attribute.getAttribute("vr"));
      values.put(here + " keyword", attribute.getAttribute("keyword"));
      for (Node v = attribute.getFirstChild(); v != null; v = v.getNextSibling()) {
        if (v instanceof Element value) {
          String number = here + "/" + value.getAttribute("number");
          switch (value.getLocalName()) {
            case "Item" -> attributes(value, number + "/", values);
            case "PersonName" -> components(value, number, values);
            case "BulkData" -> {}
            case "InlineBinary" -> {
              String text = value.getTextContent().replaceAll("\\s", "");
              if (text.length() <= LONGEST_INLINE) {
                values.put(number + " InlineBinary", text);
              }
            }
            default -> values.put(number + " " + value.getLocalName(), value.getTextContent());
          }
        }
      }
    }
  }

  private static void components(Element name, String path, Map<String, String> values) {
    for (Node node = name.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element part) {
        String here = path + " " + part.getLocalName();
        if (name.getLocalName().equals("PersonName")) {
          components(part, here, values);
        } else {
          values.put(here, part.getTextContent());
        }
      }
    }
  }

  /** Lines that are not the same. */
  static void compare(
      Map<String, String> ours, Map<String, String> theirs, List<String> differences) {
    TreeSet<String> paths = new TreeSet<>(ours.keySet());
    paths.addAll(theirs.keySet());
    for (String path : paths) {
      String a = ours.getOrDefault(path, "");
      String b = theirs.getOrDefault(path, "");
      if (!same(a, b) && !justified(path, a, b, ours, theirs)) {
        differences.add("%s: %.60s, DCMTK %.60s".formatted(path, a, b));
      }
    }
  }

  /** Differences that are right, each with its reason. */
  private static boolean justified(
      String path, String a, String b, Map<String, String> ours, Map<String, String> theirs) {
    String element = path.replaceAll("(/[0-9]*)? [A-Za-z ]*$", "");
    String tag = element.substring(element.lastIndexOf('/') + 1);
    return
    // DCMTK's private dictionary knows VRs of vendors' elements in Implicit VR; we keep UN.
    ours.getOrDefault(element + " vr", "").equals("UN")
        // XML is in UTF-8 throughout; DCMTK says so in data sets and items without text as well.
        || tag.equals("00080005")
        // With a wrong group length DCMTK takes file meta elements for the data set's.
        || tag.startsWith("0002")
        // DCMTK leaves out the keywords of retired attributes, which PS3.6 has.
        || path.endsWith(" keyword") && b.isEmpty()
        // DCMTK makes encapsulated pixel data OB, whatever the file says.
        || tag.equals("7FE00010") && a.equals("OW") && b.equals("OB")
        // DCMTK repeats the group before where a group of a name is empty.
        || path.matches(".* (Alphabetic|Phonetic) [A-Za-z]+")
            && a.isEmpty()
            && theirs.entrySet().stream()
                .anyMatch(line ->
                    !line.getKey().equals(path)
                        && line.getKey().startsWith(element)
                        && line.getValue().equals(b))
        // DCMTK encodes words in big endian in Base64; the rules of PS3.5 apply (PS3.18 F.2.7),
        // ours is little endian.
        || path.endsWith(" InlineBinary") && sameBytes(a, b, ours.get(element + " vr"));
  }

  private static boolean sameBytes(String a, String b, String vr) {
    byte[] theirs = Base64.getMimeDecoder().decode(b);
    byte[] ours = Base64.getDecoder().decode(a);
    // DCMTK fills odd binary values up to even lengths.
    byte[] even = Arrays.copyOf(ours, ours.length + (ours.length & 1));
    ByteOrder.swap(theirs, 0, theirs.length, VR.valueOf(vr).unit());
    return Arrays.equals(even, theirs);
  }

  private static boolean same(String a, String b) {
    if (a.strip().equals(b.strip())) {
      return true;
    }
    try {
      double x = Double.parseDouble(a);
      double y = Double.parseDouble(b);
      return x == y || (float) x == (float) y;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
