package org.regionalpacs.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everybody's viewer at the end of each line. */
final class ViewerLines implements AutoCloseable {
  private record End(String who, ViewerLine line) {}

  private final Map<End, ShapedLink> links = new HashMap<>();
  private final Map<String, Integer> ports;

  private ViewerLines(Map<String, Integer> ports) {
    this.ports = ports;
  }

  /**
   * Opens them.
   *
   * @param ports of the viewers, by the names of who has them
   * @param delay of a round trip on those that are shaped
   */
  static ViewerLines open(Map<String, Integer> ports, List<ViewerLine> lines, Duration delay)
      throws IOException {
    ViewerLines all = new ViewerLines(ports);
    try {
      for (Map.Entry<String, Integer> each : ports.entrySet()) {
        for (ViewerLine line : lines.stream().filter(ViewerLine::shaped).toList()) {
          all.links.put(
              new End(each.getKey(), line),
              ShapedLink.to(each.getValue(), line.bitsPerSecond(), delay));
        }
      }
      return all;
    } catch (IOException e) {
      all.close();
      throw e;
    }
  }

  /** The port at this end of a line. */
  int port(Contender who, ViewerLine line) {
    return line.shaped() ? links.get(new End(who.name(), line)).port() : ports.get(who.name());
  }

  @Override
  public void close() throws IOException {
    for (ShapedLink link : links.values()) {
      link.close();
    }
  }
}
