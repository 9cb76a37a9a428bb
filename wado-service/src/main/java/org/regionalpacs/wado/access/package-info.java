/** Remembers when studies were read. */
package org.regionalpacs.wado.access;
