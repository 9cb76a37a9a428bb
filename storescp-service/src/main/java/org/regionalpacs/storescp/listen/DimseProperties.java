package org.regionalpacs.storescp.listen;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.hibernate.validator.constraints.time.DurationMin;
import org.regionalpacs.dicom.net.ServerOptions;
import org.regionalpacs.dicom.net.Timeouts;
import org.regionalpacs.dicom.net.TlsListener;
import org.regionalpacs.dicom.net.TlsOptions;
import org.regionalpacs.dicom.net.TlsOptions.ClientAuth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.validation.annotation.Validated;

/**
 * How the DICOM listener listens.
 *
 * @param bind local address; {@code 0.0.0.0} for all
 * @param port TCP port; 0 = any free one
 * @param maxPdu longest PDU announced to senders, in bytes
 * @param maxAssociations associations served at a time; further ones are rejected as transient
 * @param maxAssociationsPerAe associations of one calling AE title served at a time
 * @param maxOperations the asynchronous operations window granted at most
 * @param tls the port for TLS, when there is one
 * @param identity the users that senders may give
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
    @DefaultValue("100") @Min(1) @Max(10000) int maxAssociationsPerAe,
    @DefaultValue("1") @Min(1) @Max(65535) int maxOperations,
    @DefaultValue @Valid TlsProperties tls,
    @DefaultValue @Valid IdentityProperties identity,
    @DefaultValue @Valid TimeoutProperties timeouts,
    @DefaultValue("20s") @DurationMin @NotNull Duration stopGrace) {
  private static final Logger LOG = LoggerFactory.getLogger(DimseProperties.class);

  /**
   * Limits of every wait for a sender.
   *
   * @param handshake until the TLS handshake is done
   * @param request until the association request has come
   * @param idle until the next message of an association starts
   * @param data until the next PDU inside a message has come
   * @param write until the sender has taken a response
   * @param release until the sender has closed the connection after a release
   */
  record TimeoutProperties(
      @DefaultValue("10s") @DurationMin(millis = 1) Duration handshake,
      @DefaultValue("30s") @DurationMin(millis = 1) Duration request,
      @DefaultValue("5m") @DurationMin(millis = 1) Duration idle,
      @DefaultValue("1m") @DurationMin(millis = 1) Duration data,
      @DefaultValue("1m") @DurationMin(millis = 1) Duration write,
      @DefaultValue("5s") @DurationMin(millis = 1) Duration release) {

    private Timeouts limits() {
      return new Timeouts(
          Timeouts.DEFAULT.connect(), handshake, request, idle, data, write, release);
    }
  }

  /**
   * The users that senders may give (PS3.7 D.3.3.7).
   *
   * @param required whether associations without a user, or with one of a kind that can't be
   *     checked, are refused
   * @param users who they may be; empty = what senders give is ignored
   */
  record IdentityProperties(
      @DefaultValue("false") boolean required, @DefaultValue @Valid List<UserProperties> users) {

    /** So that a typing error doesn't lock everybody out, or let everybody in. */
    @AssertTrue(message = "pacs.dimse.identity.required needs pacs.dimse.identity.users")
    boolean isComplete() {
      return !required || !users.isEmpty();
    }
  }

  /**
   * A user.
   *
   * @param name the name, case-sensitive
   * @param passcode the passcode, as {@code {bcrypt}hash}, or another encoding that is named in
   *     braces; empty = the name alone is enough
   */
  record UserProperties(@NotBlank String name, @DefaultValue("") @NotNull String passcode) {
    /** Without the passcode, which must not be in a log. */
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * The port for TLS.
   *
   * @param bundle name of the SSL bundle ({@code spring.ssl.bundle}) with key, certificate and whom
   *     to trust; empty = no TLS
   * @param bind local address; {@code 0.0.0.0} for all
   * @param port TCP port; 0 = any free one
   * @param clientAuth whether senders must show a certificate
   */
  record TlsProperties(
      @DefaultValue("") @NotNull String bundle,
      @DefaultValue("127.0.0.1") @NotNull InetAddress bind,
      @DefaultValue("2762") @Min(0) @Max(65535) int port,
      @DefaultValue("NONE") @NotNull ClientAuth clientAuth) {

    /** Where to listen for TLS; empty when no bundle is named. */
    private Optional<TlsListener> listener(SslBundles bundles) {
      return bundle.isBlank()
          ? Optional.empty()
          : Optional.of(new TlsListener(bind, port, current(bundles)));
    }

    /** Follows the bundle when its files are renewed ({@code reload-on-update}). */
    private Supplier<TlsOptions> current(SslBundles bundles) {
      AtomicReference<TlsOptions> current =
          new AtomicReference<>(options(bundles.getBundle(bundle)));
      bundles.addBundleUpdateHandler(
          bundle,
          renewed -> {
            current.set(options(renewed));
            LOG.info("DICOM listener for TLS: bundle {} was renewed", bundle);
          });
      return current::get;
    }

    /** The profile of BCP 195, unless the bundle itself says which protocols and ciphers. */
    private TlsOptions options(SslBundle named) {
      TlsOptions options = TlsOptions.of(named.createSslContext()).withClientAuth(clientAuth);
      String[] protocols = named.getOptions().getEnabledProtocols();
      String[] ciphers = named.getOptions().getCiphers();
      if (protocols != null) {
        options = options.withProtocols(List.of(protocols));
      }
      return ciphers == null ? options : options.withCipherSuites(List.of(ciphers));
    }
  }

  /**
   * What the server is started with.
   *
   * @throws org.springframework.boot.ssl.NoSuchSslBundleException when the bundle of {@code tls}
   *     isn't configured
   */
  ServerOptions serverOptions(SslBundles bundles) {
    return new ServerOptions(
        bind,
        port,
        maxPdu,
        maxAssociations,
        maxAssociationsPerAe,
        maxOperations,
        timeouts.limits(),
        tls.listener(bundles));
  }
}
