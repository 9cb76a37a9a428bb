package org.regionalpacs.storage.cached;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Redis is, by Spring Boot's own names.
 *
 * @param host its host
 * @param port its TCP port
 * @param username empty for the default user
 * @param password empty for none
 * @param database number of the database
 * @param ssl whether by TLS
 */
@Validated
@ConfigurationProperties("spring.data.redis")
public record RedisAddress(
    @DefaultValue("127.0.0.1") @NotBlank String host,
    @DefaultValue("6379") @Min(1) @Max(65535) int port,
    @DefaultValue("") @NotNull String username,
    @DefaultValue("") @NotNull String password,
    @DefaultValue("0") @Min(0) int database,
    @DefaultValue Ssl ssl) {

  /**
   * TLS.
   *
   * @param enabled whether
   */
  public record Ssl(@DefaultValue("false") boolean enabled) {}

  /** Without a password, as on loopback. */
  public static RedisAddress of(String host, int port) {
    return new RedisAddress(host, port, "", "", 0, new Ssl(false));
  }

  /** For logs. */
  String hostAndPort() {
    return host + ":" + port;
  }
}
