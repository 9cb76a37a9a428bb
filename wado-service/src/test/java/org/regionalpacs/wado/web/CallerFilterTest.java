package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CallerFilterTest {
  private final MockHttpServletRequest request = new MockHttpServletRequest();

  private void filter() throws Exception {
    new CallerFilter().doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
  }

  @Test
  void givenAnAuthenticatedUser_thenTheLogKnowsTheName() throws Exception {
    request.setUserPrincipal(() -> "radiologist@hospital-b");
    filter();
    assertThat(RequestLog.of(request).caller()).contains("radiologist@hospital-b");
  }

  @Test
  void givenANameThatIsOnlyClaimed_thenTheLogKnowsNone() throws Exception {
    request.addHeader("Authorization", "Basic cm9vdDpyb290");
    request.addHeader("X-Forwarded-User", "root");
    filter();
    assertThat(RequestLog.of(request).caller()).isEmpty();
  }
}
