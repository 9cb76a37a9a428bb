package org.regionalpacs.codec.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** A C library that is loaded for as long as the process lives. */
public final class Library {
  private final String name;
  private final SymbolLookup symbols;

  /**
   * Loads one.
   *
   * @param name as the dynamic linker finds it
   * @throws MissingLibraryException when it doesn't
   */
  public Library(String name) throws MissingLibraryException {
    this.name = name;
    try {
      this.symbols = SymbolLookup.libraryLookup(name, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new MissingLibraryException(name + " isn't installed");
    }
  }

  /** A function that returns something. */
  public MethodHandle function(MemoryLayout result, String symbol, MemoryLayout... parameters)
      throws MissingLibraryException {
    return handle(symbol, FunctionDescriptor.of(result, parameters));
  }

  /** A function that returns nothing. */
  public MethodHandle procedure(String symbol, MemoryLayout... parameters)
      throws MissingLibraryException {
    return handle(symbol, FunctionDescriptor.ofVoid(parameters));
  }

  private MethodHandle handle(String symbol, FunctionDescriptor type)
      throws MissingLibraryException {
    return Linker.nativeLinker()
        .downcallHandle(
            symbols
                .find(symbol)
                .orElseThrow(() -> new MissingLibraryException(name + " has no " + symbol)),
            type);
  }
}
