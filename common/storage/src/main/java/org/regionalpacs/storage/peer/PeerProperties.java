package org.regionalpacs.storage.peer;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How services of one host read what is on the disks of others.
 *
 * @param secret what all services of all hosts know, and nobody else; empty: hosts read nothing of
 *     each other
 * @param url where other hosts reach this service, which gives them what is on this node's disk,
 *     such as {@code http://pacs-a.example:9081}; empty: it doesn't
 * @param connectTimeout until another host takes a connection
 * @param readTimeout until it answers, and between two pieces of an answer
 * @param connections to one other host at the same time; further readers wait for one
 * @param sslBundle name of the SSL bundle with what the others' certificates are trusted by; empty:
 *     what Java trusts
 */
@Validated
@ConfigurationProperties("pacs.peers")
public record PeerProperties(
    @DefaultValue("") @NotNull String secret,
    @DefaultValue("") @NotNull String url,
    @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration connectTimeout,
    @DefaultValue("10s") @DurationMin(millis = 10) @DurationMax(minutes = 5) Duration readTimeout,
    @DefaultValue("256") @Min(1) @Max(4096) int connections,
    @DefaultValue("") @NotNull String sslBundle) {
  private static final int SHORTEST_SECRET = 32;

  /** Refuses what would be no protection. */
  public PeerProperties {
    if (!secret.isEmpty() && secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "pacs.peers.secret is shorter than %d characters".formatted(SHORTEST_SECRET));
    }
    if (!url.isEmpty() && !isAddress(url)) {
      throw new IllegalArgumentException(
          "pacs.peers.url is no address such as http://pacs-a.example:9081: " + url);
    }
    if (!url.isEmpty() && secret.isEmpty()) {
      throw new IllegalArgumentException(
          "pacs.peers.url is set: pacs.peers.secret is needed too, the same on all hosts");
    }
  }

  private static boolean isAddress(String url) {
    try {
      URI address = new URI(url);
      return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null
          && (address.getPath().isEmpty() || address.getPath().equals("/"));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "peers by " + (url.isEmpty() ? "no address" : url);
  }
}
