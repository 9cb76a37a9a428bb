package org.regionalpacs.standalone;

import java.util.Arrays;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;

/** What the JVM of one service runs. */
final class ServiceMain {
  private ServiceMain() {}

  /**
   * @param args the service's id, then the arguments for Spring
   */
  public static void main(String[] args) {
    Logs.toFile();
    SpringApplication application = new SpringApplication(Service.of(args[0]).application());
    application.setBannerMode(Banner.Mode.OFF);
    application.run(Arrays.copyOfRange(args, 1, args.length));
  }
}
