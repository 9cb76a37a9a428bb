package org.regionalpacs.intake;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where this node keeps what it receives.
 *
 * @param root folder of the online store; made when absent. Several processes of one host may share
 *     it. It must be on a file system with hard links.
 */
@Validated
@ConfigurationProperties("pacs.online")
public record OnlineProperties(@DefaultValue("data/online") @NotNull Path root) {}
