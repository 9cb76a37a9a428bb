package org.regionalpacs.standalone;

import java.util.List;
import java.util.function.Function;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.StudyPins;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Mixin;

/** The pins of a tenant's studies. */
final class Pins {
  @Mixin IndexOption index;
  @Mixin TenantOption of;

  String tenant() {
    return of.tenant;
  }

  <T> T ask(Function<StudyPins, T> question) {
    return index.ask(source ->
        question.apply(
            new StudyPins(
                new JdbcTemplate(source),
                new TransactionTemplate(new JdbcTransactionManager(source)))));
  }

  /** Complains about what can't be Study Instance UIDs, before anything is done. */
  static void requireUids(List<String> studies) {
    for (String study : studies) {
      if (!UID.isUsable(study)) {
        throw new Complaint(
            "'" + Printable.of(study, 70) + "' isn't a Study Instance UID", Complaint.USAGE);
      }
    }
  }
}
