package org.regionalpacs.wado.viewer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The web viewer.
 *
 * @param location where its files are, as pack.mjs leaves them: a folder of the class path or of
 *     the disk, with a slash at its end
 * @param rehearse whether the start page opens it unseen, so that it is fast when it is opened
 * @param preview whether its page shows a picture of the study's first image until it does itself
 * @param oidc who authenticates its users
 */
@Validated
@ConfigurationProperties("pacs.viewer")
record ViewerProperties(
    @DefaultValue("classpath:/viewer/")
        @Pattern(
            regexp = "(classpath:|file:).*/",
            message = "must begin with classpath: or file: and end with a slash")
        String location,
    @DefaultValue("true") boolean rehearse,
    @DefaultValue("true") boolean preview,
    @DefaultValue @NotNull @Valid Oidc oidc) {

  /** Whether a picture is shown: it would be asked for without the token of a signed-in reader. */
  boolean previewed() {
    return preview && !oidc.isSet();
  }

  /**
   * OpenID Connect, by authorization code.
   *
   * @param authority address of the provider; empty for none
   * @param clientId what the provider knows the viewer as
   * @param scope what is asked for
   */
  record Oidc(
      @DefaultValue("")
          @Pattern(
              regexp = "|https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~/%-]*)?",
              message = "must be an http(s) URL without a query")
          String authority,
      @DefaultValue("regional-pacs-viewer") @NotNull String clientId,
      @DefaultValue("openid profile") @NotNull String scope) {

    boolean isSet() {
      return !authority.isEmpty();
    }

    /** Scheme, host and port of the provider, as a Content Security Policy names it. */
    String origin() {
      return authority.replaceFirst("(?<=[^:/])/.*", "");
    }
  }
}
