/** Work for requests that takes heap and processors: bounded, ended with its client, made once. */
package org.regionalpacs.wado.work;
