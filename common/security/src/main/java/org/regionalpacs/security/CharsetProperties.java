package org.regionalpacs.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.charset.Charset;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a hospital's text is read where its modalities declare it wrongly, or not at all.
 *
 * @param fallbacks one a tenant at most; tenants without one get what {@link
 *     org.regionalpacs.dicom.data.CharsetFallback#DEFAULT} says
 */
@Validated
@ConfigurationProperties("pacs.charsets")
public record CharsetProperties(@DefaultValue List<@Valid Fallback> fallbacks) {

  /**
   * Of one tenant.
   *
   * @param tenant the tenant
   * @param whenAbsent value of Specific Character Set that objects without it are read with
   * @param readAs declared values that stand for others
   * @param candidates charsets tried in order for bytes that don't fit what is declared
   */
  public record Fallback(
      @NotBlank String tenant,
      @DefaultValue("") @NotNull String whenAbsent,
      @DefaultValue List<@Valid ReadAs> readAs,
      @DefaultValue({"UTF-8", "GB18030"}) List<@NotNull Charset> candidates) {}

  /**
   * A value of Specific Character Set that a tenant's senders use wrongly.
   *
   * @param declared such as {@code ISO_IR 100}
   * @param means such as {@code GB18030}
   */
  public record ReadAs(@NotBlank String declared, @NotBlank String means) {}
}
