package org.regionalpacs.wado.query;

import java.util.List;
import javax.sql.DataSource;
import org.regionalpacs.wado.query.Search.Page;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Runs searches on the index: one statement a slice of results, bounded in time. */
@Component
@EnableConfigurationProperties(QueryProperties.class)
class Searches {
  private final JdbcClient jdbc;

  Searches(DataSource index, QueryProperties properties) {
    JdbcTemplate template = new JdbcTemplate(index);
    template.setQueryTimeout((int) Math.max(1, properties.timeout().toSeconds()));
    this.jdbc = JdbcClient.create(template);
  }

  /** The results of a page, all of them in memory. */
  List<SearchRow> find(String tenant, Search search, Page page) {
    Condition statement = SearchSql.of(tenant, search, page);
    return jdbc.sql(statement.sql())
        .params(statement.parameters())
        .query((row, _) -> SearchRow.read(row, search.target().level()))
        .list();
  }
}
