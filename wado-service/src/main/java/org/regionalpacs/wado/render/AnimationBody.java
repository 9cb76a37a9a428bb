package org.regionalpacs.wado.render;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.regionalpacs.wado.web.BodySource;

/** Frames as one GIF that moves. The first is made at once, the others while they are sent. */
final class AnimationBody implements BodySource, AutoCloseable {
  private final RenderedFrames frames;
  private final FrameCursor cursor;
  private final AnimatedGif gif;
  private final byte[] first;
  private final RenderParameters parameters;

  private AnimationBody(
      RenderedFrames frames, FrameCursor cursor, RenderParameters parameters, Begun begun) {
    this.frames = frames;
    this.cursor = cursor;
    this.gif = begun.gif();
    this.first = begun.bytes();
    // Those that follow are fitted into the screen that the first one opened.
    this.parameters = parameters.fittedInto(begun.width(), begun.height());
  }

  private record Begun(AnimatedGif gif, int width, int height, byte[] bytes) {}

  /**
   * Makes the first frame.
   *
   * @throws org.regionalpacs.wado.web.NotAcceptableException when there is none to show
   */
  static AnimationBody of(RenderedFrames frames, FrameCursor cursor, RenderParameters parameters)
      throws IOException {
    Optional<Begun> begun =
        cursor.next((image, frame) ->
            frames.show(image, frame, parameters, picture -> begin(image, picture)));
    return new AnimationBody(frames, cursor, parameters, begun.orElseThrow(cursor::reason));
  }

  private static Begun begin(OpenedImage image, BufferedImage picture) throws IOException {
    AnimatedGif gif = new AnimatedGif(image.header());
    return new Begun(gif, picture.getWidth(), picture.getHeight(), gif.add(picture));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    Optional<byte[]> bytes = Optional.of(first);
    while (bytes.isPresent()) {
      out.write(bytes.get());
      bytes = cursor.next((image, frame) -> frames.show(image, frame, parameters, gif::add));
    }
    out.write(gif.end());
  }

  void writeAndClose(OutputStream out) throws IOException {
    try (this) {
      writeTo(out);
    }
  }

  @Override
  public void close() {
    gif.close();
  }
}
