package org.regionalpacs.bench;

/**
 * Time of processors, in seconds.
 *
 * @param user in programs
 * @param system in the kernel on their behalf
 */
record CpuTime(double user, double system) {
  static final CpuTime NONE = new CpuTime(0, 0);

  CpuTime plus(CpuTime other) {
    return new CpuTime(user + other.user, system + other.system);
  }

  CpuTime minus(CpuTime other) {
    return new CpuTime(user - other.user, system - other.system);
  }

  double total() {
    return user + system;
  }
}
