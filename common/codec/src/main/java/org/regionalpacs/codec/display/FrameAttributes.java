package org.regionalpacs.codec.display;

import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;

/**
 * The attributes of one frame. In enhanced multi-frame objects they are in functional groups (PS3.3
 * C.7.6.16): the frame's own, else those that all share; in others at the top.
 *
 * @param dataSet the object's
 * @param frame from 1
 */
public record FrameAttributes(Attributes dataSet, int frame) {

  /**
   * Where the attributes of a functional group macro are to be looked for.
   *
   * @param macro the macro's sequence
   */
  Attributes of(int macro) {
    return ownGroup()
        .flatMap(group -> group.getItem(macro))
        .or(() ->
            dataSet
                .getItem(Tag.SharedFunctionalGroupsSequence)
                .flatMap(group -> group.getItem(macro)))
        .orElse(dataSet);
  }

  private Optional<Attributes> ownGroup() {
    Optional<Sequence> groups = dataSet.getSequence(Tag.PerFrameFunctionalGroupsSequence);
    return groups.filter(items -> frame <= items.size()).map(items -> items.get(frame - 1));
  }
}
