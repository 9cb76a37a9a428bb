/** Makes the metadata documents of series ahead of their readers, shared by all webworkers. */
package org.regionalpacs.webworker.metadata;
