/** Pins studies, so that their files stay online. */
package org.regionalpacs.wado.pins;
