package org.regionalpacs.wado.portal;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the start page, {@code pacs.portal}.
 *
 * @param services where each service tells how it is and what it counts, by name; the empty ones
 *     aren't shown
 * @param healthTimeout how long each is waited for
 * @param healthAge how long an answer is shown before it is asked for again
 */
@Validated
@ConfigurationProperties("pacs.portal")
record PortalProperties(
    @DefaultValue @NotNull Map<String, String> services,
    @DefaultValue("2s") @NotNull @DurationMin(millis = 1) Duration healthTimeout,
    @DefaultValue("3s") @NotNull @DurationMin(millis = 1) Duration healthAge) {

  PortalProperties {
    services = Map.copyOf(services);
    services.values().stream().filter(address -> !address.isBlank()).forEach(URI::create);
  }

  /** Those that are known, in alphabetical order. */
  Map<String, URI> addresses() {
    Map<String, URI> addresses = new LinkedHashMap<>();
    services.entrySet().stream()
        .filter(entry -> !entry.getValue().isBlank())
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry ->
            addresses.put(
                entry.getKey(), URI.create(entry.getValue().strip().replaceAll("/+$", ""))));
    return addresses;
  }
}
