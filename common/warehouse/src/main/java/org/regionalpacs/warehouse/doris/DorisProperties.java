package org.regionalpacs.warehouse.doris;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Doris is, and how long it may take.
 *
 * @param frontends HTTP addresses of the frontends, such as {@code http://fe1:8030}
 * @param queryPort of the frontends, for the MySQL protocol
 * @param database that has the tables of {@code deploy/doris}
 * @param user needs LOAD_PRIV and SELECT_PRIV on the database
 * @param password of the user
 * @param connectTimeout for a connection, to a frontend or a backend
 * @param answerTimeout for one request: a batch must be sent, loaded and published within it
 * @param loadTimeout for a whole load, with all that is tried again
 * @param queryTimeout for a query
 * @param connections for queries at a time; one more waits for {@code queryTimeout} at most
 * @param pause how long a frontend that failed is asked last
 * @param gzip whether rows are sent compressed; where Doris says that it can't (before 3.0.5), they
 *     are sent plain
 */
@Validated
@ConfigurationProperties("pacs.warehouse.doris")
public record DorisProperties(
    @NotEmpty List<@NotNull URI> frontends,
    @DefaultValue("9030") @Min(1) @Max(65535) int queryPort,
    @DefaultValue("pacs") @NotNull @Pattern(regexp = "[A-Za-z][A-Za-z0-9_]{0,63}") String database,
    @NotBlank String user,
    @DefaultValue("") @NotNull String password,
    @DefaultValue("3s") @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration connectTimeout,
    @DefaultValue("60s") @DurationMin(millis = 10) @DurationMax(minutes = 10)
        Duration answerTimeout,
    @DefaultValue("2m") @DurationMin(millis = 10) @DurationMax(hours = 1) Duration loadTimeout,
    @DefaultValue("10s") @DurationMin(millis = 10) @DurationMax(minutes = 10) Duration queryTimeout,
    @DefaultValue("4") @Min(1) @Max(64) int connections,
    @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 10) Duration pause,
    @DefaultValue("true") boolean gzip) {

  public DorisProperties {
    frontends = frontends == null ? List.of() : List.copyOf(frontends);
  }

  @AssertTrue(message = "frontends must be such as http://host:8030, without a path or a user")
  boolean isEachFrontendAnAddress() {
    return frontends.stream()
        .allMatch(at ->
            ("http".equals(at.getScheme()) || "https".equals(at.getScheme()))
                && at.getHost() != null
                && at.getRawUserInfo() == null
                && at.getRawQuery() == null
                && (at.getRawPath().isEmpty() || at.getRawPath().equals("/")));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Doris at " + frontends + ", database " + database + ", user " + user;
  }
}
