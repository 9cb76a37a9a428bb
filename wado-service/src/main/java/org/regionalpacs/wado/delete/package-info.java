/** Deletes studies, series and instances. */
package org.regionalpacs.wado.delete;
