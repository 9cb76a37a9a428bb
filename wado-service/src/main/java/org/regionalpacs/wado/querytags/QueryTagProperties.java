package org.regionalpacs.wado.querytags;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of extended query tags.
 *
 * @param most how many a tenant may have
 */
@Validated
@ConfigurationProperties("pacs.query-tags")
record QueryTagProperties(@DefaultValue("64") @Min(1) @Max(1000) int most) {}
