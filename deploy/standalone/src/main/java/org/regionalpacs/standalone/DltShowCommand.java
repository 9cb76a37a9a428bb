package org.regionalpacs.standalone;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "show",
    description = "Show one dead letter as JSON, without the patient's identity.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown",
      "1:there is none, or Kafka doesn't answer",
      "2:wrong usage",
      "3:not running"
    })
final class DltShowCommand implements Callable<Integer> {
  @Mixin KafkaOption kafka;

  @Parameters(paramLabel = "ID", description = "As ./pacs dlt list shows it.")
  String id;

  @Option(names = "--full", description = "With the patient's identity.")
  boolean full;

  @Override
  public Integer call() {
    LetterId wanted = LetterId.parse(id);
    try (Letters letters = new Letters(kafka.address())) {
      Letter letter =
          letters
              .find(wanted)
              .orElseThrow(() -> new Complaint("There is no dead letter " + wanted));
      System.out.println(json(letter, ReplayMarks.read(letters)).toPrettyString());
    }
    return 0;
  }

  private ObjectNode json(Letter letter, ReplayMarks marks) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("ID", letter.id().toString());
    node.put("Time", letter.time().toString());
    marks.of(letter.id()).ifPresent(time -> node.put("Replayed", time.toString()));
    byte[] key = letter.record().key();
    node.put("Key", key == null ? "" : new String(key, StandardCharsets.UTF_8));
    ObjectNode headers = node.putObject("Headers");
    for (Header header : letter.record().headers()) {
      headers.put(
          header.key(),
          header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
    }
    putMessage(letter, node);
    return node;
  }

  private void putMessage(Letter letter, ObjectNode node) {
    byte[] value = letter.record().value();
    Optional<JsonNode> message = letter.message();
    if (value == null) {
      node.putNull("Message");
    } else if (message.isPresent()) {
      if (!full) {
        PatientMask.hide(message.get());
      }
      node.set("Message", message.get());
    } else {
      // What can't be read may hold anything.
      node.put("MessageBytes", value.length);
      if (full) {
        node.put("MessageBase64", Base64.getEncoder().encodeToString(value));
      }
    }
  }
}
