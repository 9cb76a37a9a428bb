package org.regionalpacs.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds design section 3: dependencies point one way. */
class ArchitectureTest {
  private static final ArchitectureRules RULES = new ArchitectureRules("org.regionalpacs");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(RULES.root());

  /** The same rules, on a copy of the rooms that breaks every one of them. */
  private static final ArchitectureRules BROKEN =
      new ArchitectureRules("org.regionalpacs.architecture.violating");

  private static final JavaClasses VIOLATING =
      new ClassFileImporter().importPackages(BROKEN.root());

  @Test
  void everyRoomIsKnownHere() {
    assertThat(Stream.of(ArchitectureRules.COMMON, ArchitectureRules.SERVICES))
        .flatMap(rooms -> rooms)
        .containsAll(
            RULES.rooms(CLASSES).stream()
                .filter(room -> !room.equals(ArchitectureRules.LAUNCHER))
                .toList());
    assertThat(RULES.rooms(CLASSES)).containsAll(ArchitectureRules.COMMON);
  }

  @TestFactory
  Stream<DynamicTest> holds() {
    Stream<ArchRule> ofServices =
        ArchitectureRules.SERVICES.stream().map(RULES::serviceKnowsNoOther);
    Stream<ArchRule> ofFeatures = RULES.rooms(CLASSES).stream().map(RULES::featuresAreFreeOfCycles);
    return Stream.of(general(RULES), ofServices, ofFeatures)
        .flatMap(rules -> rules)
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES)));
  }

  @TestFactory
  Stream<DynamicTest> wouldFailIfBroken() {
    Stream<ArchRule> ofRooms =
        Stream.of(
            BROKEN.serviceKnowsNoOther("wado"),
            BROKEN.serviceKnowsNoOther("webworker"),
            BROKEN.featuresAreFreeOfCycles("wado"));
    return Stream.concat(general(BROKEN), ofRooms)
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.getDescription(),
                () -> assertThat(rule.evaluate(VIOLATING).hasViolation()).isTrue()));
  }

  private static Stream<ArchRule> general(ArchitectureRules rules) {
    return Stream.of(
        rules.commonRoomsKnowNoService(),
        rules.coreKnowsNoOtherRoom(),
        rules.coreKnowsNoSpring(),
        rules.roomsAreFreeOfCycles(),
        rules.nothingIsInjectedIntoFields(),
        rules.loggingIsBySlf4j(),
        rules.nobodyButTheLauncherWritesToStandardStreams());
  }
}
