package org.regionalpacs.warehouse;

import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether the settings name a Doris; a list that an empty variable makes has no entries. */
final class DorisNamed implements Condition {
  private static final String FRONTENDS = "pacs.warehouse.doris.frontends";

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return named(context.getEnvironment());
  }

  static boolean named(Environment environment) {
    return Binder.get(environment)
        .bind(FRONTENDS, Bindable.listOf(String.class))
        .orElse(List.of())
        .stream()
        .anyMatch(frontend -> !frontend.isBlank());
  }
}
