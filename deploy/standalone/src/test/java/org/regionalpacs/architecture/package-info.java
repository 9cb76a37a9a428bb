/** Which room may know which, held by a test. */
package org.regionalpacs.architecture;
