package org.regionalpacs.architecture.violating.webworker;

import org.regionalpacs.architecture.violating.wado.query.Query;

public class Worker {
  Query otherService;

  void print() {
    System.out.println("to standard output");
  }
}
