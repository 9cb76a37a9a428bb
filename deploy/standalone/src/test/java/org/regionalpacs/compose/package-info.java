/**
 * What docker-compose.yml, the image of the services and nginx are checked by without a Docker
 * engine.
 */
package org.regionalpacs.compose;
