package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.regionalpacs.standalone.SettingsText.Setting;

/** docs/configuration.md; {@code -Dconfiguration.write=true} makes it anew. */
class ConfigurationPageTest {

  @Test
  void givenTheSettingsOfTheServices_thenThePageIsMadeOfThem() throws IOException {
    String page = ConfigurationPage.text();
    if (Boolean.getBoolean("configuration.write")) {
      Files.writeString(ConfigurationPage.FILE, page);
    }

    assertThat(ConfigurationPage.FILE)
        .as("run this test with -Dconfiguration.write=true")
        .content()
        .isEqualTo(page);
  }

  @Test
  void givenARecordOfSettings_thenEachOfItsKeysIsInAFileOfAService() throws Exception {
    Set<String> told =
        Arrays.stream(Service.values())
            .flatMap(service -> ConfigurationPage.settings(service).stream())
            .map(Setting::key)
            .collect(Collectors.toSet());

    List<String> silent =
        BoundKeys.all().stream()
            .filter(key -> key.startsWith("pacs."))
            .filter(key -> told.stream().noneMatch(one -> isOf(one, key)))
            .toList();

    assertThat(silent).isEmpty();
  }

  /** The key itself, one of a map or list that it is, or what it is a part of, told as a whole. */
  private static boolean isOf(String told, String key) {
    return told.equals(key) || told.startsWith(key + ".") || key.startsWith(told + ".");
  }

  @Test
  void givenAFile_thenKeysHaveTheCommentsAboveThem() {
    String file =
        """
        # Of nobody.

        pacs:
          # Where it is,
          # and how.
          store.root: ${PACS_ROOT:data/x} # PACS_ROOT
          store.other: 5
          # Who may.
          # people:
          #   - name: x       # who
          #     age: 5
          # In short: all of them.
          # or-these: 1, 2
          # On or off.
          on: ${PACS_ON:} # PACS_ON
          # Deep down.
          deep:
            # A text.
            text: "${PACS_TEXT:one;\\
              \\ two}" # PACS_TEXT
        """;

    assertThat(SettingsText.read(file))
        .containsExactly(
            new Setting(
                "pacs.store.root", Optional.of("PACS_ROOT"), "data/x", "Where it is, and how."),
            new Setting("pacs.store.other", Optional.empty(), "5", ""),
            new Setting("pacs.people", Optional.empty(), "", "Who may."),
            new Setting("pacs.or-these", Optional.empty(), "", "In short: all of them."),
            new Setting("pacs.on", Optional.of("PACS_ON"), "", "On or off."),
            new Setting(
                "pacs.deep.text", Optional.of("PACS_TEXT"), "one; two", "Deep down. A text."));
  }
}
