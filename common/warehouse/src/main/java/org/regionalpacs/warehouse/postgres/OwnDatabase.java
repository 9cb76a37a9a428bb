package org.regionalpacs.warehouse.postgres;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether the settings name a database of the warehouse's own; an empty variable names none. */
final class OwnDatabase implements Condition {
  private static final String URL = "pacs.warehouse.postgres.url";

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return !context.getEnvironment().getProperty(URL, "").isBlank();
  }
}
