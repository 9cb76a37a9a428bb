package org.regionalpacs.wado.retrieve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.springframework.http.HttpHeaders;

/**
 * Negotiation of frames, remembered: viewers accept the same for every frame, and most objects are
 * held alike.
 */
final class StoredPlans {
  private static final int REMEMBERED = 1_000;
  private static final int LONGEST = 1_000;

  private final Cache<Question, Optional<StoredPlan>> plans =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  private record Question(List<String> accept, boolean oneFrame, Encodings held) {}

  /**
   * How frames go out as they are stored.
   *
   * @param multipart as multipart/related; otherwise the one frame is the body
   * @param mediaType of each frame
   * @param contentType of each frame, with the transfer syntax
   */
  record StoredPlan(boolean multipart, String mediaType, String contentType) {}

  /**
   * How the original is sent as it is stored, when that is the best way of {@link
   * FrameNegotiation}; empty when another one is, or it has to be asked itself.
   *
   * @param frames how many are asked for
   */
  Optional<StoredPlan> ofOriginal(HttpServletRequest request, int frames, Encodings held) {
    if (request.getQueryString() != null) {
      return Optional.empty();
    }
    List<String> accept = accept(request);
    return accept.stream().mapToInt(String::length).sum() > LONGEST
        ? Optional.empty()
        : plans.get(new Question(accept, frames == 1, held), StoredPlans::answer);
  }

  private static List<String> accept(HttpServletRequest request) {
    Enumeration<String> values = request.getHeaders(HttpHeaders.ACCEPT);
    List<String> accept = new ArrayList<>(1);
    while (values.hasMoreElements()) {
      accept.add(values.nextElement());
    }
    return accept;
  }

  private static Optional<StoredPlan> answer(Question question) {
    try {
      FrameNegotiation.Plan best =
          FrameNegotiation.plans(
                  AcceptHeader.of(List.of(), question.accept()),
                  question.held().ofSomeObject(),
                  question.oneFrame() ? 1 : 2)
              .getFirst();
      return best.isMade() || !best.encoding().isOriginal()
          ? Optional.empty()
          : Optional.of(new StoredPlan(best.multipart(), best.mediaType(), best.contentType()));
    } catch (NotAcceptableException _) {
      return Optional.empty();
    }
  }
}
