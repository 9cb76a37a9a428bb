package org.regionalpacs.test.doris;

/** Something that goes wrong while one Stream Load is served. */
public enum DorisFault {
  /** The frontend answers 401. */
  UNAUTHORIZED,
  /** The frontend answers 403. */
  FORBIDDEN,
  /** The frontend answers 500. */
  FRONTEND_ERROR,
  /** The frontend answers 200 with a failure in words, as it does when it knows of no backend. */
  FRONTEND_FAILS,
  /** The frontend reads the request and never answers. */
  FRONTEND_HANGS,
  /** The frontend sends on to a port on which nobody listens. */
  DEAD_BACKEND,
  /** The frontend sends on to itself. */
  REDIRECT_LOOP,
  /** The frontend sends on to something that isn't HTTP. */
  REDIRECT_ELSEWHERE,
  /** The backend answers 503 and has loaded nothing. */
  BACKEND_ERROR,
  /** The backend breaks the connection when it has read a part of the rows. */
  BACKEND_DIES_MIDWAY,
  /** The backend answers that it failed, as it does without memory. */
  BACKEND_FAILS,
  /** The rows are committed; there is never an answer. */
  TIMEOUT_AFTER_COMMIT,
  /** The rows are committed; the connection ends in the middle of the answer. */
  HALF_ANSWER,
  /** The rows are committed; half of the JSON comes as if it were all. */
  HALF_JSON,
  /** The rows are committed, and not to be seen at once. */
  PUBLISH_TIMEOUT,
  /** The rows are committed; the answer has a status that nobody knows. */
  UNKNOWN_STATUS,
  /** Another is loading these rows under this label, and will have done so soon. */
  RUNNING_THEN_FINISHED,
  /** Another is loading under this label, and will give up soon. */
  RUNNING_THEN_ABORTED,
  /** Another is loading under this label, and will neither commit nor give up. */
  RUNNING_FOR_EVER,
  /** The backend, an older one, takes no compressed JSON. */
  NO_COMPRESSED_JSON,
  /** The error log that the answer names is on a host that is none of Doris. */
  FOREIGN_ERROR_LOG,
  /** The error log that the answer names isn't there. */
  NO_ERROR_LOG,
  /** The error log never ends. */
  ENDLESS_ERROR_LOG
}
