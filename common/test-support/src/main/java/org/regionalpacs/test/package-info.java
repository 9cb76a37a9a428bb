/** What the tests of every module share: real servers, sample objects, test data, other tools. */
package org.regionalpacs.test;
