package org.regionalpacs.dicom.xml;

import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.json.BulkDataResolver;
import org.regionalpacs.dicom.json.ModelLimits;

/**
 * Reads the Native DICOM Model (PS3.19 A.1). Text becomes UTF-8, and Specific Character Set says so
 * where it stood or is needed. Document types and entities are refused: nothing outside the
 * document is ever opened, and nothing in it expands.
 */
public final class NativeModelReader {
  private final BulkDataResolver resolver;
  private final ModelLimits limits;
  private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

  public NativeModelReader(BulkDataResolver resolver) {
    this(resolver, ModelLimits.DEFAULT);
  }

  public NativeModelReader(BulkDataResolver resolver, ModelLimits limits) {
    this.resolver = resolver;
    this.limits = limits;
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    // The JDK's own limit would end documents that ours allows: two elements a sequence.
    factory.setProperty("jdk.xml.maxElementDepth", 2 * limits.maxDepth() + 10);
  }

  /**
   * Reads a document to the end of the stream.
   *
   * @throws NativeModelException when it isn't the model
   */
  public Attributes read(InputStream in) throws IOException {
    MarkupBound bound = new MarkupBound(in);
    XMLStreamReader xml;
    try {
      xml = factory.createXMLStreamReader(bound);
    } catch (XMLStreamException e) {
      throw failed(e, "");
    }
    XmlCursor cursor = new XmlCursor(xml, bound);
    try {
      Attributes dataSet = new XmlDataSetParser(cursor, resolver, limits).parse();
      xml.close();
      return dataSet;
    } catch (XMLStreamException e) {
      throw failed(e, cursor.path());
    } catch (NoSuchElementException e) {
      throw cursor.broken("the document ends early");
    }
  }

  private static IOException failed(XMLStreamException e, String path) {
    String reason =
        switch (e.getNestedException()) {
          case MarkupBound.TooLongException tooLong -> "has markup longer than 1 MB";
          case java.io.CharConversionException charset -> "isn't in the encoding that it states";
          case IOException cause -> "";
          case null, default -> "is no XML, or has entities";
        };
    if (reason.isEmpty()) {
      return (IOException) e.getNestedException();
    }
    return new NativeModelException(reason, path, new Place(e.getLocation()));
  }
}
