package org.regionalpacs.wado.render;

import javax.imageio.ImageWriter;
import javax.imageio.event.IIOWriteProgressListener;

/** Ends the encoding of a picture when its thread is interrupted: it isn't wanted any more. */
final class AbortingWrite implements IIOWriteProgressListener {
  @Override
  public void imageProgress(ImageWriter source, float percentageDone) {
    if (Thread.currentThread().isInterrupted()) {
      source.abort();
    }
  }

  @Override
  public void imageStarted(ImageWriter source, int imageIndex) {}

  @Override
  public void imageComplete(ImageWriter source) {}

  @Override
  public void thumbnailStarted(ImageWriter source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageWriter source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageWriter source) {}

  @Override
  public void writeAborted(ImageWriter source) {}
}
