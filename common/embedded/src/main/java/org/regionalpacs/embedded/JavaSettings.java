package org.regionalpacs.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How to run a Java program of this JVM's class path.
 *
 * @param name what people call it
 * @param dir its folder; the file with its arguments and its process id are there
 * @param log file of its standard output
 * @param address where it listens
 * @param port TCP port that it opens when it has started
 * @param options JVM options, such as {@code -Xmx256m}
 * @param mainClass what to run
 * @param arguments what it is given; may hold secrets
 * @param grace how long it may take to stop
 */
public record JavaSettings(
    String name,
    Path dir,
    Path log,
    String address,
    int port,
    List<String> options,
    String mainClass,
    List<String> arguments,
    Duration grace) {}
