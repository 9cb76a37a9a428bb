/**
 * The chaos suite: breaks the running product in every way it can while images come in, then
 * accounts for every one of them. {@link org.regionalpacs.chaos.ChaosRun} is where to start.
 */
package org.regionalpacs.chaos;
