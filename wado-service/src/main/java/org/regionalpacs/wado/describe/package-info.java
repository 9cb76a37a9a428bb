/** What the service says of itself: OpenAPI, and capabilities (PS3.18 8.9, Annex H). */
package org.regionalpacs.wado.describe;
