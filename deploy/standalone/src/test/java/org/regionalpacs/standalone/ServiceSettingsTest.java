package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSettingsTest {
  @TempDir Path dir;

  @Test
  void givenKafkaOnTheDiskOfTheOutbox_whenServicesStart_thenSendersWaitForTheOutboxOnly() {
    ServiceSettings settings =
        new ServiceSettings(DataFolder.of(dir), new Ports(), Optional.empty());

    assertThat(settings.defaults())
        .containsEntry("PACS_INTAKE_OUTBOX_FIRST", "${pacs.intake.outbox:true}");
  }
}
