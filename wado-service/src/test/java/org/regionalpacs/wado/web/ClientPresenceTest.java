package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class ClientPresenceTest {
  @AfterEach
  void leave() {
    RequestContextHolder.resetRequestAttributes();
  }

  @Test
  void givenARequest_thenItsClientIsTheOneThatIsLookedFor() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    ClientPresence gone = () -> true;
    request.setAttribute(ClientPresence.ATTRIBUTE, gone);
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));

    assertThat(ClientPresence.ofThisRequest()).isSameAs(gone);
  }

  @Test
  void givenNoRequestOrNobodyWhoCouldTell_thenTheClientIsTakenToBeThere() {
    assertThat(ClientPresence.ofThisRequest().isGone()).isFalse();
    RequestContextHolder.setRequestAttributes(
        new ServletRequestAttributes(new MockHttpServletRequest()));
    assertThat(ClientPresence.ofThisRequest().isGone()).isFalse();
  }
}
