/** The start page: studies, what arrives, sending files, and how the system is. */
package org.regionalpacs.wado.portal;
