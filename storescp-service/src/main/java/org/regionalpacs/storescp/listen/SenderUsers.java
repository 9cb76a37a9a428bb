package org.regionalpacs.storescp.listen;

import java.util.Optional;
import java.util.function.Function;
import org.regionalpacs.dicom.net.IdentityAnswer;
import org.regionalpacs.dicom.net.RejectReason;
import org.regionalpacs.dicom.net.UserIdentity;
import org.regionalpacs.storescp.listen.DimseProperties.IdentityProperties;
import org.regionalpacs.storescp.listen.DimseProperties.UserProperties;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Checks the user that a sender gives against those that are configured (PS3.7 D.3.3.7). Whoever
 * fails is refused without a reason, as the standard has none for it, and as a reason would tell
 * which names exist.
 */
final class SenderUsers implements Function<Optional<UserIdentity>, IdentityAnswer> {
  private static final IdentityAnswer REFUSED = new IdentityAnswer.Refused(RejectReason.NO_REASON);
  private static final IdentityAnswer IGNORED = new IdentityAnswer.NotSupported();

  private final IdentityProperties properties;
  private final PasswordEncoder encoder =
      PasswordEncoderFactories.createDelegatingPasswordEncoder();

  /**
   * @throws IllegalArgumentException when a passcode's encoding isn't known; the passcode isn't
   *     told
   */
  SenderUsers(IdentityProperties properties) {
    this.properties = properties;
    properties.users().stream().filter(user -> !user.passcode().isEmpty()).forEach(this::require);
  }

  private void require(UserProperties user) {
    try {
      encoder.matches("any", user.passcode());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "pacs.dimse.identity.users: the passcode of %s must begin with its encoding in braces, such as {bcrypt}"
              .formatted(user.name()));
    }
  }

  @Override
  public IdentityAnswer apply(Optional<UserIdentity> given) {
    if (properties.users().isEmpty()) {
      return IGNORED;
    }
    Optional<String> name = given.flatMap(UserIdentity::name);
    if (name.isEmpty()) {
      return properties.required() ? REFUSED : IGNORED;
    }
    return properties.users().stream()
            .filter(user -> user.name().equals(name.get()))
            .anyMatch(user -> matches(user, given.get()))
        ? IdentityAnswer.accepted()
        : REFUSED;
  }

  private boolean matches(UserProperties user, UserIdentity given) {
    return user.passcode().isEmpty() || encoder.matches(given.passcode(), user.passcode());
  }
}
