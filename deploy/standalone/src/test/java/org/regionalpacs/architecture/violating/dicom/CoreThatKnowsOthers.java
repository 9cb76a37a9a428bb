package org.regionalpacs.architecture.violating.dicom;

import java.util.logging.Logger;
import org.regionalpacs.architecture.violating.index.IndexThatKnowsAService;
import org.springframework.stereotype.Component;

@Component
public class CoreThatKnowsOthers {
  static final Logger LOG = Logger.getLogger("core");

  IndexThatKnowsAService other;
}
