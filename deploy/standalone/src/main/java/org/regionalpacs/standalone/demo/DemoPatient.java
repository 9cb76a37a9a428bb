package org.regionalpacs.standalone.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/**
 * Somebody who doesn't exist.
 *
 * @param name DICOM person name
 * @param id Patient ID
 * @param sex M or F
 * @param birthDate day of birth
 */
record DemoPatient(String name, String id, String sex, LocalDate birthDate) {
  private static final List<String> WOMEN =
      List.of("Martin^Claire", "Müller^Hanna", "Kowalska^Zofia", "Lindström^Elsa", "Okafor^Ada");
  private static final List<String> MEN =
      List.of("Novák^Jan", "Rossi^Marco", "Tanaka^Ken", "García^José", "Smith^Oliver");
  private static final List<String> PHYSICIANS =
      List.of("Weber^Judith^^Dr.", "Dubois^Luc^^Dr.", "Andersen^Nils^^Dr.", "Silva^Rita^^Dr.");

  static DemoPatient of(Random random, LocalDate today) {
    boolean woman = random.nextBoolean();
    List<String> names = woman ? WOMEN : MEN;
    return new DemoPatient(
        names.get(random.nextInt(names.size())),
        "DEMO-%06d".formatted(random.nextInt(1_000_000)),
        woman ? "F" : "M",
        today.minusDays(30 * 365L + random.nextInt(45 * 365)));
  }

  static String physician(Random random) {
    return PHYSICIANS.get(random.nextInt(PHYSICIANS.size()));
  }

  /** Age in DICOM's form, such as {@code 047Y}. */
  String age(LocalDate today) {
    return "%03dY".formatted(birthDate.until(today).getYears());
  }
}
