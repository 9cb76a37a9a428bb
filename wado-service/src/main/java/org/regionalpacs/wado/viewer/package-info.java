/**
 * The web viewer (OHIF): its files as module viewer packed them, its page and its configuration.
 */
package org.regionalpacs.wado.viewer;
