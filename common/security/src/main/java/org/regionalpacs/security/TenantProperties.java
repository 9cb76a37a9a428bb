package org.regionalpacs.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The hospitals of the region.
 *
 * @param defaultTenant tenant of {@code /dicom-web}
 * @param aeTitles the AE titles served; a called title that isn't here is refused. None configured
 *     means {@link #DEFAULT_AE_TITLE} for the default tenant.
 */
@Validated
@ConfigurationProperties("pacs.tenants")
public record TenantProperties(
    @DefaultValue("default") @NotBlank String defaultTenant,
    @DefaultValue List<@Valid AeTitle> aeTitles) {

  /** The AE title served when none is configured. */
  public static final String DEFAULT_AE_TITLE = "REGIONAL_PACS";

  public TenantProperties {
    if (aeTitles.isEmpty()) {
      aeTitles = List.of(new AeTitle(DEFAULT_AE_TITLE, defaultTenant));
    }
  }

  /**
   * A called AE title. (A list, not a map: Spring drops the underscore of an unquoted map key.)
   *
   * @param title 1 to 16 characters
   * @param tenant the tenant it stands for
   */
  public record AeTitle(@NotBlank String title, @NotBlank String tenant) {}
}
