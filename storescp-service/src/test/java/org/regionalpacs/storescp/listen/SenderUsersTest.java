package org.regionalpacs.storescp.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.AssociationRejectedException;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreResult;
import org.regionalpacs.dicom.net.StoreScu;
import org.regionalpacs.dicom.net.UserIdentity;
import org.regionalpacs.security.TenantProperties;
import org.regionalpacs.security.Tenants;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.SampleObjects;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class SenderUsersTest {
  private static final List<ProposedContext> CONTEXTS =
      List.of(ProposedContext.of(UID.Verification, UID.ImplicitVRLittleEndian));

  private static final Map<String, String> USERS =
      Map.of(
          "pacs.dimse.identity.users[0].name", "anna",
          "pacs.dimse.identity.users[0].passcode",
              "{bcrypt}" + new BCryptPasswordEncoder(4).encode("secret"),
          "pacs.dimse.identity.users[1].name", "scanner");

  @ParameterizedTest
  @CsvSource({
    "anna, secret, true",
    "anna, wrong, false",
    "anna, '', false",
    "Anna, secret, false",
    "scanner, anything, true",
    "nobody, secret, false"
  })
  void givenUsers_whenASenderGivesOne_thenOnlyTheRightOneIsServed(
      String name, String passcode, boolean served) throws Exception {
    DicomListener listener = listener(USERS);
    try {
      ScuOptions options = ScuOptions.DEFAULT.withIdentity(UserIdentity.user(name, passcode));
      if (served) {
        try (StoreScu scu = open(listener, options)) {
          assertThat(scu.echo()).isZero();
        }
      } else {
        assertThatThrownBy(() -> open(listener, options))
            .isInstanceOf(AssociationRejectedException.class)
            .hasMessageContaining("no reason given");
      }
    } finally {
      listener.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, false"})
  void givenASenderWithoutAUser_whenUsersAreRequired_thenItIsRefused(
      boolean required, boolean served) throws Exception {
    Map<String, String> settings = new HashMap<>(USERS);
    settings.put("pacs.dimse.identity.required", Boolean.toString(required));
    DicomListener listener = listener(settings);
    try {
      if (served) {
        open(listener, ScuOptions.DEFAULT).close();
      } else {
        assertThatThrownBy(() -> open(listener, ScuOptions.DEFAULT))
            .isInstanceOf(AssociationRejectedException.class);
      }
    } finally {
      listener.stop();
    }
  }

  @Test
  void givenUsers_whenDcmtkGivesOne_thenItIsServedOrRefused(@TempDir Path folder) {
    ExternalTool storescu = ExternalTool.named("storescu");
    Path image = SampleObjects.write(SampleObjects.newStudy().image(1), folder);
    DicomListener listener = listener(USERS);
    try {
      Object[] call = {"-v", "-aec", "REGIONAL_PACS", "-usr", "anna", "-rsp", "-pwd"};
      Object[] to = {"127.0.0.1", listener.port(), image};
      assertThat(storescu.run(line(call, "secret", to)))
          .matches(run -> run.code() == 0)
          .matches(run -> run.output().contains("Association Accepted"));
      assertThat(storescu.run(line(call, "wrong", to)))
          .matches(run -> run.code() != 0)
          .matches(run -> run.output().contains("Association Rejected"));
    } finally {
      listener.stop();
    }
  }

  private static Object[] line(Object[] before, Object passcode, Object[] after) {
    return Stream.of(before, new Object[] {passcode}, after).flatMap(Stream::of).toArray();
  }

  @Test
  void givenAPasscodeInTheClear_whenStarted_thenTheUserIsNamedAndThePasscodeIsNot() {
    assertThatThrownBy(() ->
            listener(
                Map.of(
                    "pacs.dimse.identity.users[0].name", "anna",
                    "pacs.dimse.identity.users[0].passcode", "my passcode")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("anna")
        .hasMessageContaining("{bcrypt}")
        .hasMessageNotContaining("my passcode");
  }

  private static StoreScu open(DicomListener listener, ScuOptions options) throws IOException {
    return StoreScu.open(
        new RemoteAe("REGIONAL_PACS", "127.0.0.1", listener.port()), "TEST", CONTEXTS, options);
  }

  private static DicomListener listener(Map<String, String> more) {
    var settings = new MapConfigurationPropertySource(more);
    settings.put("pacs.dimse.port", 0);
    Binder binder = new Binder(settings);
    DicomListener listener =
        new DicomListener(
            binder.bindOrCreate("pacs.dimse", DimseProperties.class),
            new DefaultSslBundleRegistry(),
            new Tenants(binder.bindOrCreate("pacs.tenants", TenantProperties.class)),
            (_, _) -> StoreResult.success(),
            new AssociationMetrics(new SimpleMeterRegistry()));
    listener.start();
    return listener;
  }
}
