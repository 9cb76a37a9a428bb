package org.regionalpacs.wado.web;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.metadata.MetadataBusyException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The one table from failure to answer. */
final class Problems {
  private static final String RETRY_SECONDS =
      Long.toString(UnavailableException.RETRY_AFTER.toSeconds());

  private Problems() {}

  /** The answer to a request that failed. A failure of our own (500) hides its message. */
  static Problem of(Exception failure) {
    return switch (failure) {
      case RequestException request -> of(request);
      case QueryTimeoutException _ ->
          unavailable("The search takes too long; narrow it, by a study date for example.");
      case DataAccessResourceFailureException _,
          TransientDataAccessException _,
          CannotCreateTransactionException _ ->
          unavailable("The index can't be reached just now.");
      case NoResourceFoundException _, NoHandlerFoundException _ ->
          Problem.of(HttpStatus.NOT_FOUND, "There is no such resource.");
      case HttpRequestMethodNotSupportedException method -> notAllowed(method);
      case DicomFormatException _ ->
          Problem.of(
              HttpStatus.NOT_ACCEPTABLE,
              "The stored object can't be read; ask for it as it is: transfer-syntax=*.");
      case InvalidParameterException parameters ->
          Problem.of(
              HttpStatus.valueOf(parameters.getErrorCode()),
              "The parameters can't be read: they must be percent-encoded UTF-8, and not too many.");
      case MetadataBusyException _ -> unavailable("Too many are being served just now.");
      case IOException _ -> unavailable("The bytes can't be reached just now.");
      case ErrorResponse known when known.getStatusCode().is4xxClientError() ->
          Problem.of(
              HttpStatus.valueOf(known.getStatusCode().value()), "The request isn't well formed.");
      default -> Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "The server failed; see its log.");
    };
  }

  private static Problem of(RequestException failure) {
    String detail = failure.getMessage();
    return switch (failure) {
      case BadParameterException bad ->
          Problem.of(HttpStatus.BAD_REQUEST, detail).with("parameter", bad.parameter());
      case BadBodyException _ -> Problem.of(HttpStatus.BAD_REQUEST, detail);
      case ForbiddenException _ -> Problem.of(HttpStatus.FORBIDDEN, detail);
      case NotFoundException _ -> Problem.of(HttpStatus.NOT_FOUND, detail);
      case ConflictException _ -> Problem.of(HttpStatus.CONFLICT, detail);
      case GoneException _ -> Problem.of(HttpStatus.GONE, detail);
      case NotAcceptableException not ->
          Problem.of(HttpStatus.NOT_ACCEPTABLE, detail).with("available", not.available());
      case ContentTooLargeException _ -> Problem.of(HttpStatus.CONTENT_TOO_LARGE, detail);
      case UnsupportedContentException unsupported ->
          Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail)
              .withHeader(HttpHeaders.ACCEPT, String.join(", ", unsupported.accepted()));
      case RangeException range ->
          Problem.of(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, detail)
              .withHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + range.size());
      case UnavailableException _ -> unavailable(detail);
    };
  }

  private static Problem unavailable(String detail) {
    return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, detail)
        .withHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
  }

  private static Problem notAllowed(HttpRequestMethodNotSupportedException failure) {
    String method = failure.getMethod().toUpperCase(Locale.ROOT);
    Problem problem =
        Problem.of(HttpStatus.METHOD_NOT_ALLOWED, method + " isn't allowed on this resource.");
    if (failure.getSupportedHttpMethods() == null) {
      return problem;
    }
    return problem.withHeader(
        HttpHeaders.ALLOW,
        failure.getSupportedHttpMethods().stream()
            .map(HttpMethod::name)
            .sorted()
            .collect(Collectors.joining(", ")));
  }
}
