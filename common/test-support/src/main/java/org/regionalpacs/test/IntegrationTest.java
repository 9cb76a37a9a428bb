package org.regionalpacs.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** A Spring Boot test on a random port, with the real servers behind it. */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      // Contexts of many tests are kept side by side, each with a pool of its own.
      "spring.datasource.hikari.minimum-idle=1",
      "spring.datasource.hikari.idle-timeout=10000"
    })
@Import(RealServices.class)
public @interface IntegrationTest {}
