package org.regionalpacs.wado.web;

/**
 * A request can't be served, for a reason its sender may know. The message is shown to the sender
 * and carries no patient identity.
 */
public abstract sealed class RequestException extends RuntimeException
    permits BadParameterException,
        BadBodyException,
        ConflictException,
        ContentTooLargeException,
        ForbiddenException,
        NotFoundException,
        GoneException,
        NotAcceptableException,
        UnsupportedContentException,
        RangeException,
        UnavailableException {
  private static final long serialVersionUID = 1L;

  RequestException(String message) {
    super(message, null, false, false);
  }

  RequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
