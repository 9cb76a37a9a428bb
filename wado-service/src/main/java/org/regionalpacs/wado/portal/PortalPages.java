package org.regionalpacs.wado.portal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Makes HTML of the templates in {@code portal/}. Set up here and not by Spring Boot, which would
 * do it for all services that share a JVM.
 */
@Component
class PortalPages {
  private final SpringTemplateEngine engine = new SpringTemplateEngine();

  PortalPages() {
    ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
    templates.setPrefix("portal/");
    templates.setSuffix(".html");
    templates.setTemplateMode(TemplateMode.HTML);
    templates.setCharacterEncoding("UTF-8");
    templates.setCacheable(true);
    engine.setTemplateResolver(templates);
    ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
    texts.setBasename("portal.texts");
    texts.setDefaultEncoding("UTF-8");
    // English is the default, whatever the language of this host.
    texts.setFallbackToSystemLocale(false);
    engine.setTemplateEngineMessageSource(texts);
  }

  /** A template with what it shows. All texts of others are escaped. */
  byte[] html(String template, Locale locale, Map<String, Object> values) {
    return engine.process(template, new Context(locale, values)).getBytes(StandardCharsets.UTF_8);
  }
}
