package org.regionalpacs.wado.web;

import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.core.StandardHost;
import org.regionalpacs.messages.AccessLog;
import org.regionalpacs.security.Tenants;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Tenancy, CORS and the tuning of Tomcat. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DicomWebProperties.class)
class WebConfiguration implements WebMvcConfigurer {
  /** What browsers may be let use; not the pages and files that this service itself serves. */
  private static final List<String> SHARED =
      List.of("/dicom-web/**", "/dicom-web", "/wado", "/api/**", "/api-docs/openapi.json");

  private final TenantScopeResolver scopes;
  private final DicomWebProperties properties;

  WebConfiguration(TenantScopeResolver scopes, DicomWebProperties properties) {
    this.scopes = scopes;
    this.properties = properties;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(scopes);
  }

  @Override
  public void addCorsMappings(CorsRegistry registry) {
    if (properties.allowedOrigins().isEmpty()) {
      return;
    }
    SHARED.stream()
        .flatMap(paths -> Stream.of(paths, "/tenants/*" + paths))
        .forEach(paths ->
            registry
                .addMapping(paths)
                .allowedOrigins(properties.allowedOrigins().toArray(String[]::new))
                .allowedMethods("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
                .allowedHeaders("*")
                .exposedHeaders(properties.exposedHeaders().toArray(String[]::new))
                .maxAge(properties.preflightAge().toSeconds()));
  }

  /**
   * Clients put the parts of a path together in their own way: a slash at its end changes nothing.
   */
  @Bean
  static UrlHandlerFilter trailingSlashes() {
    return UrlHandlerFilter.trailingSlashHandler("/dicom-web/**", "/tenants/*/dicom-web/**")
        .wrapRequest()
        .build();
  }

  /**
   * Beside HTTP/1.1, on the same port; TLS has its own negotiation. Not with asynchronous input and
   * output, which only HTTP/2 would use: Tomcat then closes the connection under streams of a
   * client that asks for hundreds of frames at once.
   */
  @Bean
  static TomcatConnectorCustomizer http2(DicomWebProperties properties) {
    return connector -> {
      if (properties.http2()) {
        connector.addUpgradeProtocol(new ClearTextHttp2());
        connector.setProperty("useAsyncIO", "false");
      }
    };
  }

  /**
   * Large write buffers outside of the heap: a file goes out half as fast again as with Tomcat's 8
   * KB ones.
   */
  @Bean
  static TomcatConnectorCustomizer writeBuffers() {
    return connector -> {
      connector.setProperty("socket.appWriteBufSize", "131072");
      connector.setProperty("socket.directBuffer", "true");
    };
  }

  /**
   * Problems in the place of HTML pages: after Spring Boot, which adds a valve for them, and before
   * Tomcat. And what has to see every request, also those that Tomcat refuses.
   */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  static WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> valves(
      AccessLog log, RequestMetrics metrics, Tenants tenants) {
    return factory ->
        factory.addContextCustomizers(context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemReportValve.class.getName());
            host.getPipeline().addValve(new ProblemReportValve());
            host.getPipeline().addValve(new ClientPresenceValve());
            host.getPipeline().addValve(new AccessLogValve(log::record, metrics, tenants));
          }
        });
  }
}
