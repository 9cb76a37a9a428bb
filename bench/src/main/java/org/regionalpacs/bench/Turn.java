package org.regionalpacs.bench;

/**
 * What a turn cost.
 *
 * @param seconds it took
 * @param own time of processors that the one whose turn it was used
 * @param load that generating the load used
 * @param others that all the others used, who had nothing to do
 */
record Turn(double seconds, CpuTimes own, CpuTime load, CpuTime others) {}
