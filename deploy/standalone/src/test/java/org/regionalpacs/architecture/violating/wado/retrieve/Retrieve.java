package org.regionalpacs.architecture.violating.wado.retrieve;

import org.regionalpacs.architecture.violating.wado.query.Query;

public class Retrieve {
  Query otherFeature;
}
