package org.regionalpacs.dicom.json;

import java.io.IOException;
import java.io.InputStream;
import org.regionalpacs.dicom.data.Attributes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads data sets in the DICOM JSON model (PS3.18 Annex F), one after the other as they arrive.
 * Text becomes UTF-8, and Specific Character Set says so where it stood or is needed.
 */
public final class DicomJsonReader {
  private final BulkDataResolver resolver;
  private final ModelLimits limits;
  private final JsonFactory factory;

  public DicomJsonReader(BulkDataResolver resolver) {
    this(resolver, ModelLimits.DEFAULT);
  }

  public DicomJsonReader(BulkDataResolver resolver, ModelLimits limits) {
    this.resolver = resolver;
    this.limits = limits;
    int longest = (int) Math.min(limits.maxBytes(), Integer.MAX_VALUE);
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxStringLength(longest)
            .maxNameLength(64)
            // An item nests in an array in an element's object in the data set's.
            .maxNestingDepth(3 * limits.maxDepth() + 10)
            .build();
    this.factory = JsonFactory.builder().streamReadConstraints(constraints).build();
  }

  /** Takes data sets as they are read. */
  @FunctionalInterface
  public interface Consumer {
    void accept(Attributes dataSet) throws IOException;
  }

  /**
   * Reads an object, or an array of objects, to the end of the stream.
   *
   * @throws DicomJsonException when it isn't the model
   */
  public void readAll(InputStream in, Consumer each) throws IOException {
    WatchedStream source = new WatchedStream(in);
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), source)) {
      try {
        all(json, each);
      } catch (StreamReadException e) {
        throw broken(json, "is no JSON, or beyond the limits for it");
      }
    } catch (JacksonIOException e) {
      source.rethrow();
      // Jackson itself: the very first bytes already tell, before there is a parser with a place.
      throw new DicomJsonException("is in no encoding that JSON may have", "", 1, 1);
    } catch (JacksonException e) {
      throw new DicomJsonException("is no JSON, or beyond the limits for it", "", 1, 1);
    }
  }

  private void all(JsonParser json, Consumer each) throws IOException {
    JsonToken first = json.nextToken();
    if (first == JsonToken.START_OBJECT) {
      each.accept(readDataSet(json));
    } else if (first == JsonToken.START_ARRAY) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        each.accept(readDataSet(json));
      }
      if (json.currentToken() != JsonToken.END_ARRAY) {
        throw broken(json, "there is something else than a data set in the array");
      }
    } else {
      throw broken(json, "there is neither a data set nor an array of them");
    }
    if (json.nextToken() != null) {
      throw broken(json, "something follows the last data set");
    }
  }

  /**
   * Reads one object.
   *
   * @param json at the start of the object; at its end afterwards
   * @throws DicomJsonException when it isn't the model
   * @throws JacksonException when it is no JSON
   */
  public Attributes readDataSet(JsonParser json) throws IOException {
    return new JsonDataSetParser(json, resolver, limits).parse();
  }

  private static DicomJsonException broken(JsonParser json, String reason) {
    TokenStreamLocation at = json.currentLocation();
    return new DicomJsonException(reason, "", at.getLineNr(), at.getColumnNr());
  }
}
