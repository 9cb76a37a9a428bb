/** Series metadata documents: made ahead of the reader, or the moment they are asked for. */
package org.regionalpacs.metadata;
