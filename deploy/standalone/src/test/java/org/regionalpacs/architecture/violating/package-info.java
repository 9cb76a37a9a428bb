/** Rooms that break every rule, to see that the rules notice. */
package org.regionalpacs.architecture.violating;
