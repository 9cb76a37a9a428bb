/** Measures the product's parts against the programs they are compared with. */
package org.regionalpacs.bench;
