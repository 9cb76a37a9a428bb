package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** docs/scaling.md tells how Citus distributes the tables; held against the schema. */
@IntegrationTest
class DistributionTest {
  private static final Path PAGE = Path.of("../../docs/scaling.md");

  @Autowired JdbcClient jdbc;

  @Test
  void givenTheSchema_thenEveryTableIsEitherDistributedOrLocal() throws IOException {
    Set<String> distributed = named("create_distributed_table\\('(\\w+)', 'tenant'");
    Set<String> local = named("citus_add_local_table_to_metadata\\('(\\w+)'\\)");
    List<String> tables =
        jdbc.sql(
                """
                select c.relname from pg_class c
                 where c.relnamespace = 'public'::regnamespace
                   and c.relkind in ('r', 'p') and not c.relispartition
                """)
            .query(String.class)
            .list();

    assertThat(distributed).doesNotContainAnyElementsOf(local);
    Set<String> told = new TreeSet<>(distributed);
    told.addAll(local);
    assertThat(told).containsExactlyInAnyOrderElementsOf(tables);
  }

  @Test
  void givenADistributedTable_thenEachOfItsUniqueKeysHasTheTenant() throws IOException {
    List<String> without =
        jdbc.sql(
                """
                select t.relname || ': ' || i.relname
                  from pg_index x
                  join pg_class t on t.oid = x.indrelid
                  join pg_class i on i.oid = x.indexrelid
                 where x.indisunique and t.relname in (:distributed)
                   and not exists (
                         select 1 from pg_attribute a
                          where a.attrelid = t.oid and a.attnum = any (x.indkey)
                            and a.attname = 'tenant')
                """)
            .param("distributed", named("create_distributed_table\\('(\\w+)', 'tenant'"))
            .query(String.class)
            .list();

    assertThat(without).isEmpty();
  }

  @Test
  void givenADistributedTable_thenItRefersToDistributedOnesByTheTenant_andNoLocalOneToIt()
      throws IOException {
    Set<String> distributed = named("create_distributed_table\\('(\\w+)', 'tenant'");
    List<String> wrong =
        jdbc.sql(
                """
                select k.conname
                  from pg_constraint k
                  join pg_class t on t.oid = k.conrelid
                  join pg_class o on o.oid = k.confrelid
                 where k.contype = 'f' and not t.relispartition
                   and ((t.relname in (:distributed)) <> (o.relname in (:distributed))
                     or t.relname in (:distributed) and not exists (
                          select 1 from pg_attribute a
                           where a.attrelid = t.oid and a.attnum = any (k.conkey)
                             and a.attname = 'tenant'))
                """)
            .param("distributed", distributed)
            .query(String.class)
            .list();

    assertThat(wrong).isEmpty();
  }

  private static Set<String> named(String statement) throws IOException {
    Set<String> tables =
        Pattern.compile(statement)
            .matcher(Files.readString(PAGE))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(tables).isNotEmpty();
    return tables;
  }
}
