/** Lists what was received and doesn't agree with the index. */
package org.regionalpacs.wado.conflicts;
