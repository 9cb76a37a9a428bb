package org.regionalpacs.wado.retrieve;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.regionalpacs.wado.web.BadParameterException;

/** The frame list of a path: numbers from 1 on, separated by commas (PS3.18 10.4.1.2). */
public final class FrameList {
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  private FrameList() {}

  public static List<Integer> parse(String text) {
    List<Integer> frames = new ArrayList<>();
    for (String number : text.split(",", -1)) {
      if (!NUMBER.matcher(number).matches()) {
        throw new BadParameterException(
            "frames", "The frame list must be numbers from 1 on, separated by commas.");
      }
      frames.add(Integer.parseInt(number));
    }
    return frames;
  }
}
