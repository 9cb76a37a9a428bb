package org.regionalpacs.dicom.net;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.regionalpacs.dicom.net.ContextAnswer.Result;

/**
 * The policy of an archive that takes everything: Verification and every SOP class that isn't known
 * to be another service's, so that storage classes newer than this program and private ones come in
 * too; in the first transfer syntax of the proposer, whichever it is, for objects are kept as they
 * come.
 */
public final class StoragePolicy implements AssociationPolicy {
  /** Laxer than PS3.5 9.1: a leading zero in a private UID is no reason to lose its images. */
  private static final Pattern UID_LIKE = Pattern.compile("[0-9.]{1,64}");

  private final Predicate<String> servedAe;

  /**
   * @param servedAe whether a called AE title is served here
   */
  public StoragePolicy(Predicate<String> servedAe) {
    this.servedAe = servedAe;
  }

  @Override
  public Optional<RejectReason> refusal(AssociateRequest request, InetAddress peer) {
    return servedAe.test(request.calledAe())
        ? Optional.empty()
        : Optional.of(RejectReason.CALLED_AE_NOT_RECOGNIZED);
  }

  @Override
  public ContextAnswer answer(PresentationContext proposed) {
    if (!isUid(proposed.abstractSyntax()) || OtherServices.include(proposed.abstractSyntax())) {
      return ContextAnswer.refuse(proposed, Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }
    return proposed.transferSyntaxes().stream()
        .filter(StoragePolicy::isUid)
        .findFirst()
        .map(transferSyntax -> ContextAnswer.accept(proposed, transferSyntax))
        .orElseGet(() -> ContextAnswer.refuse(proposed, Result.TRANSFER_SYNTAXES_NOT_SUPPORTED));
  }

  private static boolean isUid(String text) {
    return UID_LIKE.matcher(text).matches();
  }
}
