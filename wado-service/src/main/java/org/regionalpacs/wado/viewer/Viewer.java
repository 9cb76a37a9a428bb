package org.regionalpacs.wado.viewer;

import java.util.Optional;
import org.regionalpacs.wado.web.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;

/** The viewer, where the build has packed it. */
@Component
@EnableConfigurationProperties(ViewerProperties.class)
class Viewer {
  private static final Logger LOG = LoggerFactory.getLogger(Viewer.class);

  private final Optional<ViewerFiles> files;
  private final String absence;

  Viewer(ResourceLoader resources, ViewerProperties properties) {
    this.files = ViewerFiles.load(resources, properties.location());
    this.absence =
        "This build has no viewer: "
            + ViewerFiles.whyLeftOut(resources, properties.location())
            + " Install Node.js with npm, build it again (./pacs build), and start it again.";
    files.ifPresentOrElse(
        packed -> LOG.info("The viewer is {}", packed.version()), () -> LOG.warn(absence));
  }

  /** Its files, or nothing when the build left it out. */
  Optional<ViewerFiles> packed() {
    return files;
  }

  /**
   * Its files.
   *
   * @throws NotFoundException when the build left it out, saying why and how to get it
   */
  ViewerFiles files() {
    return files.orElseThrow(() -> new NotFoundException(absence));
  }
}
