package org.regionalpacs.architecture.violating.wado.query;

import org.regionalpacs.architecture.violating.wado.retrieve.Retrieve;
import org.regionalpacs.architecture.violating.webworker.Worker;

public class Query {
  Retrieve otherFeature;
  Worker otherService;
}
