package org.regionalpacs.dicom.net;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.regionalpacs.dicom.data.UID;
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

  private static final String STANDARD_ROOT = "1.2.840.10008.";

  /**
   * What is kept (PS3.4 B.3.1): all attributes, private ones too (level 2); digital signatures, bit
   * by bit (level 3); and no element is coerced.
   */
  private static final byte[] STORED_AS_IT_COMES = {2, 0, 3, 0, 0, 0};

  private final Predicate<String> servedAe;
  private final Function<Optional<UserIdentity>, IdentityAnswer> users;

  /**
   * @param servedAe whether a called AE title is served here
   */
  public StoragePolicy(Predicate<String> servedAe) {
    this(servedAe, _ -> new IdentityAnswer.NotSupported());
  }

  /**
   * @param servedAe whether a called AE title is served here
   * @param users what is made of a user that a requestor gives, or of one that gives none
   */
  public StoragePolicy(
      Predicate<String> servedAe, Function<Optional<UserIdentity>, IdentityAnswer> users) {
    this.servedAe = servedAe;
    this.users = users;
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

  /** A class of somebody's own that is said to be of another service is none to store. */
  @Override
  public ContextAnswer answer(PresentationContext proposed, CommonExtendedNegotiation told) {
    return told.serviceClass().equals(UID.Storage)
            || proposed.abstractSyntax().startsWith(STANDARD_ROOT)
        ? answer(proposed)
        : ContextAnswer.refuse(proposed, Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
  }

  @Override
  public Optional<byte[]> answer(ExtendedNegotiation asked) {
    return asked.sopClass().equals(UID.Verification)
        ? Optional.empty()
        : Optional.of(STORED_AS_IT_COMES.clone());
  }

  @Override
  public IdentityAnswer identify(AssociateRequest request) {
    return users.apply(request.user().identity());
  }

  private static boolean isUid(String text) {
    return UID_LIKE.matcher(text).matches();
  }
}
