package org.regionalpacs.wado.retrieve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.retrieve.ObjectNegotiation.Choice;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.springframework.stereotype.Component;

/** Plans what is sent of objects, by what is accepted and by the codecs that there are. */
@Component
class ObjectPlans {
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final CodecProcesses codecs;

  ObjectPlans(CodecProcesses codecs) {
    this.codecs = codecs;
  }

  /**
   * The plans of all, in their order, all packaged alike.
   *
   * @throws NotAcceptableException when there is an object that can't be sent as accepted
   */
  List<ObjectPlan> of(
      List<InstanceObject> objects, boolean oneInstance, List<MediaRange> accepted) {
    List<List<HeldEncoding>> held = objects.stream().map(HeldEncoding::of).toList();
    List<List<Choice>> choices =
        held.stream()
            .map(encodings -> ObjectNegotiation.choices(accepted, oneInstance, encodings))
            .toList();
    if (choices.stream().anyMatch(List::isEmpty)) {
      throw ObjectNegotiation.refusal(accepted, held);
    }
    Packaging packaging = choices.getFirst().getFirst().packaging();
    Map<String, Optional<String>> known = new HashMap<>();
    List<ObjectPlan> plans = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      List<Choice> alike =
          choices.get(i).stream().filter(choice -> choice.packaging() == packaging).toList();
      if (alike.isEmpty()) {
        throw ObjectNegotiation.refusal(accepted, held);
      }
      plans.add(new ObjectPlan(objects.get(i), codable(alike, known)));
    }
    return plans;
  }

  /** Those whose libraries aren't known to be missing. */
  private List<Choice> codable(List<Choice> choices, Map<String, Optional<String>> known) {
    List<Choice> codable =
        choices.stream().filter(choice -> missing(choice, known).isEmpty()).toList();
    if (codable.isEmpty()) {
      String reason = missing(choices.getFirst(), known).orElseThrow();
      throw new NotAcceptableException(reason, ObjectNegotiation.AS_STORED);
    }
    return codable;
  }

  private Optional<String> missing(Choice choice, Map<String, Optional<String>> known) {
    if (choice.action() != ObjectAction.TRANSCODE) {
      return Optional.empty();
    }
    return Stream.of(choice.encoding().transferSyntax(), choice.syntax())
        .flatMap(
            syntax -> known.computeIfAbsent(syntax, name -> codecs.missing(name, LOOK)).stream())
        .findFirst();
  }
}
