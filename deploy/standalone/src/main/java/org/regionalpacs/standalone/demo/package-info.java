/** A synthetic CT study to try the product with: no real person is in it. */
package org.regionalpacs.standalone.demo;
