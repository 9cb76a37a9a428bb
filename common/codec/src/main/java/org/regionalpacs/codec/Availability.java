package org.regionalpacs.codec;

/**
 * Whether a C library that decodes or encodes can be used.
 *
 * @param library what it is called
 * @param debianPackage that has it
 * @param usable whether frames can be decoded and encoded with it
 * @param detail its version, or why it can't be used and what to do
 */
public record Availability(String library, String debianPackage, boolean usable, String detail) {

  /** It can be used. */
  public static Availability of(String library, String debianPackage, String version) {
    return new Availability(library, debianPackage, true, version);
  }

  /** It can't; the reason is followed by what to install. */
  public static Availability missing(String library, String debianPackage, String reason) {
    return new Availability(library, debianPackage, false, reason + install(debianPackage));
  }

  private static String install(String debianPackage) {
    return "; install the package " + debianPackage;
  }

  /** Whether it was looked for and can't be used; else it can, or nobody could look. */
  public boolean isMissing() {
    return !usable && detail.endsWith(install(debianPackage));
  }
}
