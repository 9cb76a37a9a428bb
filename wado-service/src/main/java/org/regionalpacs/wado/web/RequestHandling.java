package org.regionalpacs.wado.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What Spring MVC does for every request, without what nobody needs here: a viewer asks for
 * hundreds of frames a second.
 */
@Configuration(proxyBeanMethods = false)
class RequestHandling {

  @Bean
  static WebMvcRegistrations registrations() {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new KnownPaths();
      }

      @Override
      public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new Adapter();
      }
    };
  }

  /** Asks for texts of the path first. */
  private static final class Adapter extends RequestMappingHandlerAdapter {
    @Override
    public void afterPropertiesSet() {
      super.afterPropertiesSet();
      List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
      resolvers.add(new PathTexts());
      Optional.ofNullable(getArgumentResolvers()).ifPresent(resolvers::addAll);
      setArgumentResolvers(resolvers);
    }
  }

  /** The servlet does the same once more; Spring Boot would add one. */
  @Bean
  static FilterRegistrationBean<RequestContextFilter> noRequestContext() {
    FilterRegistrationBean<RequestContextFilter> none =
        new FilterRegistrationBean<>(new RequestContextFilter());
    none.setEnabled(false);
    return none;
  }
}
