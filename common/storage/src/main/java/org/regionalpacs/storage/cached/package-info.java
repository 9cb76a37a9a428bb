/**
 * The hot cache: what was read lately and is far away, in Redis. It makes reading faster and never
 * another thing: whatever Redis does, what is read is right.
 */
package org.regionalpacs.storage.cached;
