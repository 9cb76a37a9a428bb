package org.regionalpacs.warehouse.statistics;

import java.time.LocalDate;

/**
 * What was received in an hour.
 *
 * @param day in UTC
 * @param hour from 0, in UTC
 * @param instances objects
 * @param bytes of their files
 */
public record HourRate(LocalDate day, int hour, long instances, long bytes) {}
