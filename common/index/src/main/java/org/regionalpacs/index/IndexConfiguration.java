package org.regionalpacs.index;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a service the index: entities, repositories, writers; import it. The schema is brought up
 * to date by Flyway as Boot configures it, as soon as the database can be reached; until then the
 * database looks down. Where several services start at once, Flyway's own lock lets one do it.
 */
@Configuration(proxyBeanMethods = false)
@EntityScan(basePackageClasses = IndexConfiguration.class)
@EnableJpaRepositories(basePackageClasses = IndexConfiguration.class)
@PropertySource("classpath:org/regionalpacs/index/defaults.properties")
public class IndexConfiguration {

  @Bean
  static BeanPostProcessor schemaGates() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource database ? new SchemaGate(database) : bean;
      }
    };
  }

  @Bean
  SchemaMigration schemaMigration(DataSource database) throws SQLException {
    return new SchemaMigration(database);
  }

  @Bean
  UnhurriedMigration unhurriedMigration() {
    return new UnhurriedMigration();
  }

  @Bean
  IndexWriter indexWriter(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new IndexWriter(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  LocationWriter locationWriter(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new LocationWriter(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  KnownPlaces knownPlaces(JdbcTemplate jdbc) {
    return new KnownPlaces(jdbc);
  }

  @Bean
  Renditions renditions(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new Renditions(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  Tombstones tombstones(JdbcTemplate jdbc) {
    return new Tombstones(jdbc);
  }

  @Bean
  DeletionWriter deletionWriter(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new DeletionWriter(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  DeletionJournal deletionJournal(JdbcTemplate jdbc) {
    return new DeletionJournal(jdbc);
  }

  @Bean
  DeletionRestoring deletionRestoring(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new DeletionRestoring(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  IndexClearing indexClearing(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new IndexClearing(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  RebuildList rebuildList(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new RebuildList(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  Removals removals(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new Removals(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  CountWriter countWriter(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new CountWriter(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  InstanceObjects instanceObjects(JdbcTemplate jdbc) {
    return new InstanceObjects(jdbc);
  }

  @Bean
  SeriesEnds seriesEnds(JdbcTemplate jdbc) {
    return new SeriesEnds(JdbcClient.create(jdbc));
  }

  @Bean
  SeriesVersions seriesVersions(JdbcTemplate jdbc) {
    return new SeriesVersions(jdbc);
  }

  @Bean
  OnlinePlaces onlinePlaces(JdbcTemplate jdbc) {
    return new OnlinePlaces(jdbc);
  }

  @Bean
  BlockLists blockLists(JdbcTemplate jdbc) {
    return new BlockLists(jdbc);
  }

  @Bean
  PossibleOrphans possibleOrphans(JdbcTemplate jdbc) {
    return new PossibleOrphans(jdbc);
  }

  @Bean
  ChangeSequencer changeSequencer(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new ChangeSequencer(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  ChangeFeed changeFeed(JdbcTemplate jdbc) {
    return new ChangeFeed(jdbc);
  }

  @Bean
  Conflicts conflicts(JdbcTemplate jdbc) {
    return new Conflicts(jdbc);
  }

  @Bean
  QueryTags queryTags(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new QueryTags(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  QueryTagIndexing queryTagIndexing(JdbcTemplate jdbc) {
    return new QueryTagIndexing(jdbc);
  }

  @Bean
  QueryTagWriter queryTagWriter(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new QueryTagWriter(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  StudyReads studyReads(JdbcTemplate jdbc) {
    return new StudyReads(jdbc);
  }

  @Bean
  StorageTiers storageTiers(JdbcTemplate jdbc) {
    return new StorageTiers(jdbc);
  }

  @Bean
  StudyPins studyPins(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new StudyPins(jdbc, new TransactionTemplate(transactions));
  }
}
