package org.regionalpacs.wado.retrieve;

import java.util.List;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.retrieve.ObjectNegotiation.Choice;

/**
 * How an object is sent.
 *
 * @param object the instance
 * @param choices the best first, at least one; the others are for when that one can't be sent
 */
record ObjectPlan(InstanceObject object, List<Choice> choices) {

  Choice best() {
    return choices.getFirst();
  }

  Packaging packaging() {
    return best().packaging();
  }

  /** Whether it is as good as certain what is sent, and as long as it is stored or written anew. */
  boolean isKnownBeforehand() {
    return best().action() != ObjectAction.TRANSCODE && best().encoding().isOriginal();
  }
}
