package org.regionalpacs.wado.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.regionalpacs.wado.query.Search.Page;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Runs searches on the index: one statement a slice of results, bounded in time. */
@Component
@EnableConfigurationProperties(QueryProperties.class)
class Searches {
  private static final int MOST_COUNTED = 1000;
  private static final String REMAINING = "There are %s additional results that can be requested";

  private final JdbcClient jdbc;

  Searches(DataSource index, QueryProperties properties) {
    JdbcTemplate template = new JdbcTemplate(index);
    template.setQueryTimeout((int) Math.max(1, properties.timeout().toSeconds()));
    this.jdbc = JdbcClient.create(template);
  }

  /** The results of a page, all of them in memory. */
  List<SearchRow> find(String tenant, Search search, Page page) {
    Level level = search.target().level();
    Condition statement = SearchSql.of(tenant, search, page);
    List<SearchRow> rows =
        jdbc.sql(statement.sql())
            .params(statement.parameters())
            .query((row, _) -> SearchRow.read(row, level))
            .list();
    return rows.stream().anyMatch(SearchRow::evicted) ? available(tenant, level, rows) : rows;
  }

  /** Looks which of the rows are not online: only where objects of their studies were evicted. */
  private List<SearchRow> available(String tenant, Level level, List<SearchRow> rows) {
    int[] doubtful = IntStream.range(0, rows.size()).filter(i -> rows.get(i).evicted()).toArray();
    Condition statement =
        Availability.nearlineAmong(
            tenant, level, IntStream.of(doubtful).mapToObj(rows::get).toList());
    List<SearchRow> looked = new ArrayList<>(rows);
    jdbc.sql(statement.sql())
        .params(statement.parameters())
        .query(Integer.class)
        .list()
        .forEach(n -> looked.set(doubtful[n - 1], rows.get(doubtful[n - 1]).asNearline()));
    return looked;
  }

  /**
   * What is said of the results beyond the page (PS3.18 8.3.4.4.1), empty when there are none. They
   * are counted to a bound only.
   */
  Optional<String> remaining(String tenant, Search search) {
    Page page = search.page();
    Page rest = new Page(page.offset() + page.limit(), MOST_COUNTED + 1);
    Condition statement = SearchSql.count(tenant, search, rest);
    try {
      int count =
          jdbc.sql(statement.sql()).params(statement.parameters()).query(Integer.class).single();
      if (count == 0) {
        return Optional.empty();
      }
      String number = count > MOST_COUNTED ? "more than " + MOST_COUNTED : Integer.toString(count);
      return Optional.of(REMAINING.formatted(number));
    } catch (QueryTimeoutException _) {
      // The page is there; nobody should wait for it in vain because of a number.
      return Optional.of(REMAINING.formatted("an unknown number of"));
    }
  }
}
