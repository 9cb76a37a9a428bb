package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final Measure RATE = Measure.rate("accepted", "images/s");
  private static final Measure TIME = Measure.time("first");

  private final Figures figures = new Figures(Product.NAME);

  @Test
  void givenRounds_whenShown_thenMedianExtremesAndTheRatioOfTheRoundsAreThere() {
    measured(RATE, Product.NAME, 800, 1000, 8);
    measured(RATE, "Orthanc", 100, 50, 2);
    assertThat(lines(List.of()))
        .contains("| accepted, images/s | product | 800 | 8.00 to 1,000 |  |  |  |")
        .contains(
            "| accepted, images/s | Orthanc | 50.0 | 2.00 to 100 | 8.00 (4.00 to 20.0) |  |  |");
  }

  @Test
  void givenAGoal_whenShown_thenItIsSaidWhetherItIsMet() {
    measured(RATE, Product.NAME, 800);
    measured(RATE, "Orthanc", 100);
    assertThat(lines(List.of(Goal.atLeast(RATE, Peer.ORTHANC, 8))))
        .endsWith("| at least 8.00 | met |\n");
    assertThat(lines(List.of(Goal.atLeast(RATE, Peer.ORTHANC, 8.1))))
        .endsWith("| at least 8.10 | **not met** |\n");
    assertThat(lines(List.of(Goal.atLeast(RATE, Peer.NGINX, 8)))).doesNotContain("met");
  }

  @Test
  void givenTimes_whenCompared_thenLessIsBetter() {
    measured(TIME, Product.NAME, 10);
    measured(TIME, "Orthanc", 50);
    assertThat(lines(List.of(Goal.atLeast(TIME, Peer.ORTHANC, 5))))
        .contains("| 5.00 (5.00 to 5.00) |");
  }

  @Test
  void givenAGoalThatIsALimit_whenShown_thenMoreThanThatIsTooMuch() {
    measured(TIME, Product.NAME, 10);
    measured(TIME, "a larger one", 19);
    assertThat(lines(List.of(Goal.atMost(TIME, "a larger one", 2)))).contains("at most 2.00 | met");
    assertThat(lines(List.of(Goal.atMost(TIME, "a larger one", 1.8)))).contains("**not met**");
  }

  @Test
  void givenAGoalOfTheProductItself_whenShown_thenItsMedianDecides() {
    measured(TIME, Product.NAME, 1000, 1400, 9000);
    measured(TIME, "Orthanc", 5000, 5000, 5000);
    assertThat(lines(List.of(Goal.within(TIME, 1500))))
        .contains("1,000 to 9,000 |  | at most 1,500 | met |\n")
        .endsWith("(0.56 to 5.00) |  |  |\n");
    assertThat(lines(List.of(Goal.within(TIME, 1399)))).contains("at most 1,399 | **not met** |");
  }

  @Test
  void givenNothingOfTheProduct_whenShown_thenThereIsNoRatio() {
    measured(RATE, "Orthanc", 50);
    assertThat(lines(List.of())).endsWith("| 50.0 | 50.0 to 50.0 |  |  |  |\n");
  }

  private String lines(List<Goal> goals) {
    return figures.table(goals);
  }

  private void measured(Measure measure, String who, double... values) {
    for (double value : values) {
      figures.add(measure, who, value);
    }
  }
}
