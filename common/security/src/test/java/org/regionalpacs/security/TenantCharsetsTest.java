package org.regionalpacs.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.CharsetFallback;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TenantCharsetsTest {
  private static final String FALLBACK = "pacs.charsets.fallbacks[0].";

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(CharsetConfiguration.class);

  @Test
  void givenNothingIsConfigured_whenAsked_thenTheDefaultHolds() {
    context.run(started ->
        assertThat(started.getBean(TenantCharsets.class).of("any"))
            .isEqualTo(CharsetFallback.DEFAULT));
  }

  @Test
  void givenATenantWhoseSendersDeclareWrongly_whenItsTextIsRead_thenItIsRight() {
    context
        .withPropertyValues(
            FALLBACK + "tenant=shanghai",
            FALLBACK + "when-absent=GBK",
            FALLBACK + "read-as[0].declared=ISO_IR 100",
            FALLBACK + "read-as[0].means=GB18030",
            FALLBACK + "candidates=UTF-8")
        .run(started -> {
          CharsetFallback fallback = started.getBean(TenantCharsets.class).of("shanghai");
          assertThat(fallback.whenAbsent()).isEqualTo("GBK");
          assertThat(fallback.candidates()).containsExactly(StandardCharsets.UTF_8);
          assertThat(name("ISO_IR 100", fallback)).isEqualTo("王^小东");
          assertThat(name("ISO_IR 100", started.getBean(TenantCharsets.class).of("other")))
              .isNotEqualTo("王^小东");
        });
  }

  @Test
  void givenATenantTwiceOrAnUnknownCharset_whenStarted_thenItFails() {
    context
        .withPropertyValues(FALLBACK + "tenant=a", "pacs.charsets.fallbacks[1].tenant=a")
        .run(started -> assertThat(started).hasFailed());
    context
        .withPropertyValues(FALLBACK + "tenant=a", FALLBACK + "candidates=NO-SUCH")
        .run(started -> assertThat(started).hasFailed());
  }

  private static String name(String declared, CharsetFallback fallback) {
    return new Attributes()
        .charsetFallback(fallback)
        .setString(Tag.SpecificCharacterSet, declared)
        .setBytes(Tag.PatientName, VR.PN, "王^小东".getBytes(Charset.forName("GB18030")))
        .getString(Tag.PatientName, "");
  }
}
