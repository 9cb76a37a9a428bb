package org.regionalpacs.wado.describe;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Capabilities Description (PS3.18 Annex H): the tree of resources with their methods. Each
 * element is a map; texts in it are its attributes, lists and maps its child elements.
 *
 * @param application the content of the top-level element
 */
record Wadl(Map<String, Object> application) {
  private static final String NAMESPACE = "http://wadl.dev.java.net/2009/02";
  private static final String ROOT = "/dicom-web";
  private static final JsonMapper JSON = new JsonMapper();

  /** A resource on its way into the tree. */
  private static final class Resource {
    private final Map<String, Resource> children = new TreeMap<>();
    private final List<Map<String, Object>> methods = new ArrayList<>();
  }

  /**
   * The description of what is below the service's base URL.
   *
   * @param baseUrl without a final slash
   */
  static Wadl of(ApiDocument document, String baseUrl) {
    Resource root = new Resource();
    for (Map.Entry<String, JsonNode> path : document.paths().properties()) {
      if (path.getKey().startsWith(ROOT + "/")) {
        Resource at = root;
        for (String segment : path.getKey().substring(ROOT.length() + 1).split("/")) {
          at = at.children.computeIfAbsent(segment, _ -> new Resource());
        }
        for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
          at.methods.add(method(method.getKey(), method.getValue(), document));
        }
      }
    }
    Map<String, Object> resources = new LinkedHashMap<>();
    resources.put("base", baseUrl + "/");
    resources.put("resource", children(root));
    return new Wadl(Map.of("resources", resources));
  }

  private static List<Map<String, Object>> children(Resource parent) {
    List<Map<String, Object>> elements = new ArrayList<>();
    parent.children.forEach((path, resource) -> {
      Map<String, Object> element = new LinkedHashMap<>();
      element.put("path", path);
      if (path.startsWith("{")) {
        element.put("param", List.of(parameter(path.replaceAll("[{}]", ""), "template")));
      }
      element.put("method", resource.methods);
      element.put("resource", children(resource));
      elements.add(element);
    });
    return elements;
  }

  private static Map<String, Object> method(String name, JsonNode operation, ApiDocument document) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (JsonNode each : operation.path("parameters")) {
      JsonNode parameter = document.resolved(each);
      String place = parameter.path("in").asString();
      if (!place.equals("path")) {
        parameters.add(parameter(parameter.path("name").asString(), place));
      }
    }
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("param", parameters);
    request.put("representation", representations(operation.path("requestBody")));
    List<Map<String, Object>> responses = new ArrayList<>();
    for (Map.Entry<String, JsonNode> answer : operation.path("responses").properties()) {
      if (!answer.getKey().equals("default")) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("status", answer.getKey());
        response.put("representation", representations(document.resolved(answer.getValue())));
        responses.add(response);
      }
    }
    Map<String, Object> method = new LinkedHashMap<>();
    method.put("name", name.toUpperCase(Locale.ROOT));
    method.put("id", operation.path("operationId").asString());
    method.put("request", request);
    method.put("response", responses);
    return method;
  }

  private static Map<String, Object> parameter(String name, String style) {
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("name", name);
    parameter.put("style", style);
    return parameter;
  }

  private static List<Map<String, Object>> representations(JsonNode described) {
    List<Map<String, Object>> representations = new ArrayList<>();
    described
        .path("content")
        .properties()
        .forEach(type -> representations.add(Map.of("mediaType", type.getKey())));
    return representations;
  }

  void writeJson(OutputStream out) throws IOException {
    out.write(JSON.writeValueAsBytes(Map.of("application", application)));
  }

  void writeXml(OutputStream out) throws IOException {
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("application");
      xml.writeDefaultNamespace(NAMESPACE);
      content(xml, application);
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException cause ? cause : new IOException(e);
    }
  }

  private static void content(XMLStreamWriter xml, Map<?, ?> element) throws XMLStreamException {
    for (Map.Entry<?, ?> attribute : element.entrySet()) {
      if (attribute.getValue() instanceof String text) {
        xml.writeAttribute(attribute.getKey().toString(), text);
      }
    }
    for (Map.Entry<?, ?> child : element.entrySet()) {
      List<?> children =
          switch (child.getValue()) {
            case List<?> list -> list;
            case Map<?, ?> one -> List.of(one);
            default -> List.of();
          };
      for (Object each : children) {
        xml.writeStartElement(child.getKey().toString());
        content(xml, (Map<?, ?>) each);
        xml.writeEndElement();
      }
    }
  }
}
