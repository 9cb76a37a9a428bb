package org.regionalpacs.dicom.net;

/**
 * The acceptor's word on a presentation context (PS3.8 9.3.3.2).
 *
 * @param id the proposed context's id
 * @param result whether it is accepted, and why not
 * @param transferSyntax the one to use; not significant unless accepted
 */
public record ContextAnswer(int id, Result result, String transferSyntax) {

  /** The result/reason field. */
  public enum Result {
    ACCEPTANCE(0, "accepted"),
    USER_REJECTION(1, "rejected by the user"),
    NO_REASON(2, "no reason given"),
    ABSTRACT_SYNTAX_NOT_SUPPORTED(3, "abstract syntax not supported"),
    TRANSFER_SYNTAXES_NOT_SUPPORTED(4, "transfer syntaxes not supported");

    private final int code;
    private final String meaning;

    Result(int code, String meaning) {
      this.code = code;
      this.meaning = meaning;
    }

    /** The result in words. */
    public String meaning() {
      return meaning;
    }

    int code() {
      return code;
    }

    static Result of(int code) {
      return code >= 0 && code < values().length ? values()[code] : NO_REASON;
    }
  }

  static ContextAnswer accept(PresentationContext context, String transferSyntax) {
    return new ContextAnswer(context.id(), Result.ACCEPTANCE, transferSyntax);
  }

  static ContextAnswer refuse(PresentationContext context, Result result) {
    // The sub-item must be there although it means nothing: the first proposed one is customary.
    String transferSyntax =
        context.transferSyntaxes().isEmpty() ? "" : context.transferSyntaxes().getFirst();
    return new ContextAnswer(context.id(), result, transferSyntax);
  }
}
