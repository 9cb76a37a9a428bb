package org.regionalpacs.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rules: services know common rooms, those know common/dicom, nobody looks the other way.
 *
 * @param root the package that holds the rooms
 */
record ArchitectureRules(String root) {
  static final String CORE = "dicom";
  static final String LAUNCHER = "standalone";
  static final Set<String> COMMON =
      Set.of(
          CORE,
          "codec",
          "embedded",
          "index",
          "intake",
          "messages",
          "metadata",
          "nodes",
          "security",
          "storage",
          "test",
          "tracing",
          "warehouse");
  static final Set<String> SERVICES = Set.of("consumer", "storescp", "wado", "webworker");

  /** The packages directly below the root. */
  Set<String> rooms(JavaClasses classes) {
    Set<String> rooms = new TreeSet<>();
    for (JavaClass each : classes) {
      String rest = each.getPackageName().substring(root.length());
      if (!rest.isEmpty()) {
        rooms.add(rest.substring(1).split("\\.")[0]);
      }
    }
    return rooms;
  }

  ArchRule commonRoomsKnowNoService() {
    return noClasses()
        .that()
        .resideInAnyPackage(packages(COMMON))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packages(Stream.concat(SERVICES.stream(), Stream.of(LAUNCHER)).toList()))
        .allowEmptyShould(true);
  }

  ArchRule serviceKnowsNoOther(String service) {
    List<String> others =
        Stream.concat(SERVICES.stream(), Stream.of(LAUNCHER))
            .filter(each -> !each.equals(service))
            .toList();
    return noClasses()
        .that()
        .resideInAPackage(packageOf(service))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(others))
        .allowEmptyShould(true);
  }

  ArchRule coreKnowsNoOtherRoom() {
    return noClasses()
        .that()
        .resideInAPackage(packageOf(CORE))
        .should()
        .dependOnClassesThat(
            resideInAPackage(root + "..").and(not(resideInAPackage(packageOf(CORE)))));
  }

  ArchRule coreKnowsNoSpring() {
    return noClasses()
        .that()
        .resideInAPackage(packageOf(CORE))
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.springframework..", "jakarta.."));
  }

  ArchRule roomsAreFreeOfCycles() {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  ArchRule featuresAreFreeOfCycles(String room) {
    return slices()
        .matching(root + "." + room + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }

  ArchRule nothingIsInjectedIntoFields() {
    return noFields()
        .should()
        .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
        .orShould()
        .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
        .orShould()
        .beAnnotatedWith("jakarta.inject.Inject")
        .orShould()
        .beAnnotatedWith("jakarta.annotation.Resource")
        .orShould()
        .beAnnotatedWith("jakarta.persistence.PersistenceContext");
  }

  ArchRule loggingIsBySlf4j() {
    return noClasses().should(USE_JAVA_UTIL_LOGGING);
  }

  /**
   * The launcher talks to people, and the child processes it guards write to files of its own. So
   * does consumer-service's main class where it is told to rebuild the index.
   */
  ArchRule nobodyButTheLauncherWritesToStandardStreams() {
    return noClasses()
        .that(not(resideInAnyPackage(packageOf(LAUNCHER), packageOf("embedded"))))
        .and()
        .doNotHaveFullyQualifiedName(root + ".consumer.ConsumerApplication")
        .should(ACCESS_STANDARD_STREAMS);
  }

  private String packageOf(String room) {
    return root + "." + room + "..";
  }

  private String[] packages(Iterable<String> rooms) {
    List<String> packages = new ArrayList<>();
    rooms.forEach(room -> packages.add(packageOf(room)));
    return packages.toArray(String[]::new);
  }
}
