/** STOW-RS (PS3.18 10.5): the same way in as C-STORE, over HTTP. */
package org.regionalpacs.wado.store;
