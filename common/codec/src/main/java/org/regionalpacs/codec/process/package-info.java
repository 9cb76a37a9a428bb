/**
 * Codecs by C libraries in a small pool of child processes, which may crash, hang and be killed.
 */
package org.regionalpacs.codec.process;
