package org.regionalpacs.wado.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leaves the name of the authenticated user for the access log. Behind the filters that
 * authenticate: those wrap the request, and what they found isn't known outside of them.
 */
@Component
@Order(0)
final class CallerFilter extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional.ofNullable(request.getUserPrincipal())
        .map(Principal::getName)
        .ifPresent(RequestLog.of(request)::caller);
    chain.doFilter(request, response);
  }
}
