package org.regionalpacs.wado.web;

import java.util.Map;
import org.regionalpacs.security.Tenants;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/** Gives a handler its {@link TenantScope}, from the path. */
@Component
public final class TenantScopeResolver implements HandlerMethodArgumentResolver {
  private final Tenants tenants;
  private final DicomWebProperties properties;

  TenantScopeResolver(Tenants tenants, DicomWebProperties properties) {
    this.tenants = tenants;
    this.properties = properties;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == TenantScope.class;
  }

  @Override
  public TenantScope resolveArgument(
      MethodParameter parameter,
      ModelAndViewContainer container,
      NativeWebRequest request,
      WebDataBinderFactory binders) {
    Object variables =
        request.getAttribute(
            HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
    if (variables instanceof Map<?, ?> named && named.get("tenant") instanceof String tenant) {
      if (!tenants.exists(tenant)) {
        throw new NotFoundException("There is no tenant with this name.");
      }
      return new TenantScope(tenant, properties.baseUrlOf(tenant));
    }
    return new TenantScope(tenants.defaultTenant(), properties.baseUrl());
  }
}
