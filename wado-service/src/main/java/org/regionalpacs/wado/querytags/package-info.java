/** Extended query tags: what a tenant searches by beside what is always indexed. */
package org.regionalpacs.wado.querytags;
