package org.regionalpacs.codec.foreign;

/** Calls of C functions; handles throw nothing but what is wrong in this program. */
public final class ForeignCall {
  private ForeignCall() {}

  /** A call of a method handle. */
  @FunctionalInterface
  public interface Call<T> {
    T call() throws Throwable;
  }

  /** Makes one. */
  public static <T> T of(Call<T> call) {
    try {
      return call.call();
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
