/** What readers of a study will want next is made ready ahead of them. */
package org.regionalpacs.wado.prefetch;
