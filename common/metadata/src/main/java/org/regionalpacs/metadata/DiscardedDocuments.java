package org.regionalpacs.metadata;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.regionalpacs.storage.BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes the blobs of documents that others took the place of. Several may do it at once. */
public final class DiscardedDocuments {
  private static final Logger LOG = LoggerFactory.getLogger(DiscardedDocuments.class);

  private static final String TAKE =
      """
      select d.tenant, d.blob_id
        from discarded_metadata d
       where d.discarded < now() - make_interval(secs => :seconds)
       order by d.discarded
       limit :limit
         for update skip locked
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Function<String, BlobStore> stores;

  /**
   * @param stores by tenant, what its documents are removed from
   */
  DiscardedDocuments(
      JdbcClient jdbc, TransactionTemplate transaction, Function<String, BlobStore> stores) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.stores = stores;
  }

  /**
   * Removes some.
   *
   * @param age those discarded longer ago; longer than any reader reads and any build takes
   * @param limit how many at most
   * @return how many were taken up; when it is {@code limit}, there are more
   */
  public int remove(Duration age, int limit) {
    Integer taken =
        transaction.execute(status -> {
          List<Discarded> discarded =
              jdbc.sql(TAKE)
                  .param("seconds", age.toMillis() / 1000.0)
                  .param("limit", limit)
                  .query(Discarded.class)
                  .list();
          discarded.forEach(this::remove);
          return discarded.size();
        });
    return taken == null ? 0 : taken;
  }

  private record Discarded(String tenant, String blobId) {}

  private void remove(Discarded discarded) {
    try {
      stores.apply(discarded.tenant()).delete(discarded.blobId());
      jdbc.sql("delete from discarded_metadata where tenant = :tenant and blob_id = :blob")
          .param("tenant", discarded.tenant())
          .param("blob", discarded.blobId())
          .update();
    } catch (IOException e) {
      LOG.warn("Can't remove {}: {}", discarded.blobId(), e.toString());
      // It goes to the end of the line.
      jdbc.sql(
              "update discarded_metadata set discarded = now()"
                  + " where tenant = :tenant and blob_id = :blob")
          .param("tenant", discarded.tenant())
          .param("blob", discarded.blobId())
          .update();
    }
  }
}
