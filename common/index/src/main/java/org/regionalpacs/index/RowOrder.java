package org.regionalpacs.index;

import java.util.Comparator;

/** The order in which rows of a table are locked; every writer keeps to it. */
final class RowOrder {
  static final Comparator<StudyIdentity> STUDY =
      Comparator.comparing(StudyIdentity::tenant).thenComparing(StudyIdentity::studyUid);

  static final Comparator<SeriesIdentity> SERIES =
      Comparator.comparing(SeriesIdentity::tenant)
          .thenComparing(SeriesIdentity::studyUid)
          .thenComparing(SeriesIdentity::seriesUid);

  static final Comparator<InstanceIdentity> INSTANCE =
      Comparator.comparing(InstanceIdentity::tenant)
          .thenComparing(InstanceIdentity::studyUid)
          .thenComparing(InstanceIdentity::seriesUid)
          .thenComparing(InstanceIdentity::sopUid);

  private RowOrder() {}
}
