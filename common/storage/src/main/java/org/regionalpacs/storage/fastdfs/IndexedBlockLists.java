package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.regionalpacs.index.BlockLists;
import org.regionalpacs.storage.chunked.BlockListSource;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Lists of blocks in PostgreSQL, beside the places of the objects. */
record IndexedBlockLists(String store, ObjectProvider<BlockLists> lists)
    implements BlockListSource {

  @Override
  public Optional<String> find(String blobId) throws IOException {
    return asked(() -> lists.getObject().find(store, blobId));
  }

  @Override
  public boolean names(Collection<String> blockIds) throws IOException {
    return asked(() -> lists.getObject().names(store, blockIds));
  }

  private static <T> T asked(Supplier<T> question) throws IOException {
    try {
      return question.get();
    } catch (DataAccessException | TransactionException | BeansException e) {
      throw new IOException("the database can't be asked: " + e.getMessage(), e);
    }
  }
}
