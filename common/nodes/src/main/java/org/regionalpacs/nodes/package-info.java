/** Work on a node's online files: planned by anyone, done by the processes that own the files. */
package org.regionalpacs.nodes;
