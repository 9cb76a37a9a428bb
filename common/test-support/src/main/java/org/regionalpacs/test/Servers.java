package org.regionalpacs.test;

/** Where the servers of this JVM's tests come from. Each starts when it is first asked for. */
interface Servers {
  /** Numbered databases that Redis has: one for each Spring context of a test JVM. */
  int REDIS_DATABASES = 1000;

  /** A new, empty database. */
  Database database(String name) throws Exception;

  /** Bootstrap address of a broker. */
  String kafka() throws Exception;

  /** Redis on loopback. */
  int redisPort() throws Exception;
}
