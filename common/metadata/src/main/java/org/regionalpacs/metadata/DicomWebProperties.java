package org.regionalpacs.metadata;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How readers reach DICOMweb.
 *
 * @param baseUrl what most readers of the default tenant use, up to and without {@code /studies};
 *     documents are stored with it (other tenants': with {@code /tenants/{tenant}/dicom-web} beside
 *     it), for other readers it is replaced on the way
 */
@Validated
@ConfigurationProperties("pacs.dicomweb")
public record DicomWebProperties(
    @DefaultValue("http://127.0.0.1:8080/dicom-web")
        @Pattern(regexp = "https?://[^\\s\"\\\\]+[^/\\s\"\\\\]")
        String baseUrl) {}
