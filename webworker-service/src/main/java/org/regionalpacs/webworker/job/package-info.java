/** What repeats in the background. */
package org.regionalpacs.webworker.job;
