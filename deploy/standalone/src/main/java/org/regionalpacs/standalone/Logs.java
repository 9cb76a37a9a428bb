package org.regionalpacs.standalone;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where a JVM logs to. */
final class Logs {
  private Logs() {}

  /**
   * Everything to the file named by the system property {@code pacs.log}, nothing to the console.
   * Comes before anything that logs.
   */
  static void toFile() {
    System.setProperty("logback.configurationFile", "standalone-logback.xml");
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
