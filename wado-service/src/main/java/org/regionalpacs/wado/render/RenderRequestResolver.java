package org.regionalpacs.wado.render;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.regionalpacs.wado.web.TenantScope;
import org.regionalpacs.wado.web.TenantScopeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives handlers what is asked for: a rendered resource, or a thumbnail where the handler is one of
 * {@link ThumbnailController}. Bad parameters are refused before anything is looked up.
 */
@Component
class RenderRequestResolver implements HandlerMethodArgumentResolver, WebMvcConfigurer {
  private final TenantScopeResolver scopes;
  private final RenderProperties properties;

  RenderRequestResolver(TenantScopeResolver scopes, RenderProperties properties) {
    this.scopes = scopes;
    this.properties = properties;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == RenderRequest.class;
  }

  @Override
  public RenderRequest resolveArgument(
      MethodParameter parameter,
      ModelAndViewContainer container,
      NativeWebRequest request,
      WebDataBinderFactory binders) {
    TenantScope scope = scopes.resolveArgument(parameter, container, request, binders);
    HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
    RenderParameters parameters =
        parameter.getContainingClass() == ThumbnailController.class
            ? RenderParameters.ofThumbnail(http, properties)
            : RenderParameters.of(http, properties);
    return new RenderRequest(
        scope, http, request.getNativeResponse(HttpServletResponse.class), parameters);
  }
}
