package org.regionalpacs.wado.store;

import java.util.Optional;
import org.regionalpacs.wado.web.TenantScope;

/**
 * Where the objects of a request belong.
 *
 * @param scope whose they are
 * @param study the study that they have to belong to; empty for any
 * @param peer network address of the sender, for the logs
 */
record StoreRequest(TenantScope scope, Optional<String> study, String peer) {
  /** What relative references in the request are relative to. */
  String url() {
    return study.map(scope::studyUrl).orElse(scope.baseUrl() + "/studies") + "/";
  }
}
