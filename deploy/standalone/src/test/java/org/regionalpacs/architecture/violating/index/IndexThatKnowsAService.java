package org.regionalpacs.architecture.violating.index;

import org.regionalpacs.architecture.violating.dicom.CoreThatKnowsOthers;
import org.regionalpacs.architecture.violating.wado.query.Query;
import org.springframework.beans.factory.annotation.Autowired;

public class IndexThatKnowsAService {
  @Autowired Query service;

  CoreThatKnowsOthers core;
}
