/**
 * What all DICOMweb services share: tenancy, errors, Accept headers, multipart bodies, access log.
 */
package org.regionalpacs.wado.web;
