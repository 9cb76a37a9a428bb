package org.regionalpacs.consumer;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.regionalpacs.messages.DeadLetterHeaders;

/** Dead letters that an operator sent again: for the group that failed only. */
public final class Replays {
  private Replays() {}

  /** Whether a record is for a group: it isn't when it was replayed for another. */
  public static boolean concerns(ConsumerRecord<?, ?> record, String group) {
    Header only = record.headers().lastHeader(DeadLetterHeaders.REPLAY_GROUP);
    return only == null || new String(only.value(), StandardCharsets.UTF_8).equals(group);
  }
}
