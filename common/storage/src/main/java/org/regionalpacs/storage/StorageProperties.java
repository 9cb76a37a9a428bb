package org.regionalpacs.storage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where bytes are kept.
 *
 * @param online the online store of this host's node, for reading; intake writes it
 * @param archive the archive
 * @param catalogue what an archive that chooses ids would forget with the database
 * @param derived what can be made again from the objects, such as metadata documents
 */
@Validated
@ConfigurationProperties("pacs")
public record StorageProperties(
    @DefaultValue @Valid Online online,
    @DefaultValue @Valid Archive archive,
    @DefaultValue @Valid Catalogue catalogue,
    @DefaultValue @Valid Derived derived) {

  /**
   * The online store ({@code pacs.online}).
   *
   * @param root its folder
   */
  public record Online(@DefaultValue("data/online") @NotNull Path root) {}

  /**
   * The archive ({@code pacs.archive}).
   *
   * @param store what it is
   * @param root folder of a local one; on the volume of the online store it shares the bytes by
   *     hard links
   */
  public record Archive(
      @DefaultValue("local") @NotNull Kind store,
      @DefaultValue("data/archive") @NotNull Path root) {}

  /**
   * The catalogue of an archive that chooses ids ({@code pacs.catalogue}).
   *
   * @param root its folder
   */
  public record Catalogue(@DefaultValue("data/catalogue") @NotNull Path root) {}

  /** Kinds of archives. */
  public enum Kind {
    LOCAL,
    FASTDFS
  }

  /**
   * The store of derived blobs ({@code pacs.derived}).
   *
   * @param root its folder
   */
  public record Derived(@DefaultValue("data/derived") @NotNull Path root) {}
}
