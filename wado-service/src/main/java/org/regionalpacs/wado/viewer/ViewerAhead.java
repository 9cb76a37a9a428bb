package org.regionalpacs.wado.viewer;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a browser may do for the viewer before somebody opens it. */
@Component
public class ViewerAhead {
  private final List<String> files;
  private final Optional<String> rehearsed;

  ViewerAhead(Viewer viewer, ViewerProperties properties) {
    this.files =
        viewer.packed().stream()
            .flatMap(packed ->
                packed.ahead().stream().map(name -> "viewer/files/" + packed.key() + "/" + name))
            .toList();
    // Its page would begin with a sign-in, unseen.
    boolean may = properties.rehearse() && !properties.oidc().isSet();
    this.rehearsed = viewer.packed().filter(_ -> may).map(ViewerFiles::key);
  }

  /**
   * The files that every study needs, as paths below that of what all tenants share; none when the
   * build left the viewer out.
   */
  public List<String> files() {
    return files;
  }

  /**
   * The build of the viewer, if its page may be opened ahead, so that a browser has compiled its
   * scripts.
   */
  public Optional<String> rehearsed() {
    return rehearsed;
  }
}
