package org.regionalpacs.consumer.loader;

import java.util.List;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.springframework.beans.factory.annotation.Autowired;

/** Into PostgreSQL. */
class PostgresLoaderTest extends LoaderContract {
  @Autowired Warehouse postgres;

  @Override
  Warehouse warehouse() {
    return postgres;
  }

  @Override
  List<String> loaded(String table) {
    return loaded(postgres, table, tenant);
  }

  static List<String> loaded(Warehouse postgres, String table, String tenant) {
    String sql = "select event_id from {%s} where tenant = ?".formatted(table);
    try {
      return postgres.query(
          new WarehouseQuery(sql, List.of(tenant), 1000), row -> (String) row.getFirst());
    } catch (WarehouseUnavailableException e) {
      throw new IllegalStateException(e);
    }
  }
}
