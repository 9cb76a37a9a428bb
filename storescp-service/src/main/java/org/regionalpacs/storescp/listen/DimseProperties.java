package org.regionalpacs.storescp.listen;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.regionalpacs.dicom.net.ServerOptions;
import org.regionalpacs.dicom.net.Timeouts;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the DICOM listener listens.
 *
 * @param bind local address; {@code 0.0.0.0} for all
 * @param port TCP port; 0 = any free one
 * @param maxPdu longest PDU announced to senders, in bytes
 * @param maxAssociations associations served at a time; further ones are rejected as transient
 * @param timeouts limits of every wait for a sender
 * @param stopGrace how long objects under way may take when the service stops
 */
@Validated
@ConfigurationProperties("pacs.dimse")
record DimseProperties(
    @DefaultValue("127.0.0.1") @NotNull InetAddress bind,
    @DefaultValue("11112") @Min(0) @Max(65535) int port,
    @DefaultValue("131072") @Min(4096) @Max(1048576) int maxPdu,
    @DefaultValue("200") @Min(1) @Max(10000) int maxAssociations,
    @DefaultValue @Valid TimeoutProperties timeouts,
    @DefaultValue("20s") @DurationMin @NotNull Duration stopGrace) {

  /**
   * Limits of every wait for a sender.
   *
   * @param request until the association request has come
   * @param idle until the next message of an association starts
   * @param data until the next PDU inside a message has come
   * @param write until the sender has taken a response
   * @param release until the sender has closed the connection after a release
   */
  record TimeoutProperties(
      @DefaultValue("30s") @DurationMin(millis = 1) Duration request,
      @DefaultValue("5m") @DurationMin(millis = 1) Duration idle,
      @DefaultValue("1m") @DurationMin(millis = 1) Duration data,
      @DefaultValue("1m") @DurationMin(millis = 1) Duration write,
      @DefaultValue("5s") @DurationMin(millis = 1) Duration release) {

    private Timeouts limits() {
      return new Timeouts(Timeouts.DEFAULT.connect(), request, idle, data, write, release);
    }
  }

  ServerOptions serverOptions() {
    return new ServerOptions(bind, port, maxPdu, maxAssociations, timeouts.limits());
  }
}
