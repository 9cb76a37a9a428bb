package org.regionalpacs.wado.web;

import java.util.Map;
import java.util.Optional;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Texts of the path, as they are: Spring's own resolver makes a binder for each, which is for
 * values that have to be converted.
 */
final class PathTexts implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == String.class
        && parameter.hasParameterAnnotation(PathVariable.class);
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      ModelAndViewContainer container,
      NativeWebRequest request,
      WebDataBinderFactory binders)
      throws MissingPathVariableException {
    String name = name(parameter);
    Object variables =
        request.getAttribute(
            HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
    if (variables instanceof Map<?, ?> named && named.get(name) instanceof String text) {
      return text;
    }
    throw new MissingPathVariableException(name, parameter);
  }

  private static String name(MethodParameter parameter) {
    return Optional.ofNullable(parameter.getParameterAnnotation(PathVariable.class))
        .map(PathVariable::value)
        .filter(name -> !name.isEmpty())
        .orElseGet(parameter::getParameterName);
  }
}
