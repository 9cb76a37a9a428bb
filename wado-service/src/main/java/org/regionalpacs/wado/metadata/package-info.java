/** WADO-RS metadata (PS3.18 10.4.1.1.4) of studies, series and instances. */
package org.regionalpacs.wado.metadata;
