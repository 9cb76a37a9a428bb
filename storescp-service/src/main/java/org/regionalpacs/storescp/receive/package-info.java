/** C-STORE: from a request to the intake, and back as a status. */
package org.regionalpacs.storescp.receive;
