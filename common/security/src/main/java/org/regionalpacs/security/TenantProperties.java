package org.regionalpacs.security;

import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The hospitals of the region.
 *
 * @param defaultTenant tenant of {@code /dicom-web} and of AE titles mapped to it
 * @param aeTitles called AE title to tenant; a title that isn't here is refused
 */
@Validated
@ConfigurationProperties("pacs.tenants")
public record TenantProperties(
    @DefaultValue("default") @NotNull String defaultTenant,
    @DefaultValue @NotNull Map<String, String> aeTitles) {

  /** The AE title served when none is configured. */
  public static final String DEFAULT_AE_TITLE = "REGIONAL_PACS";

  public TenantProperties {
    if (aeTitles.isEmpty()) {
      aeTitles = Map.of(DEFAULT_AE_TITLE, defaultTenant);
    }
  }
}
