package org.regionalpacs.wado.store;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of storing.
 *
 * @param maxParts most objects in one request
 */
@Validated
@ConfigurationProperties("pacs.store")
record StoreProperties(@DefaultValue("50000") @Min(1) int maxParts) {}
