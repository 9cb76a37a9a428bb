package org.regionalpacs.standalone;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;

/** What the JVM of one service runs. */
final class ServiceMain {
  private ServiceMain() {}

  /**
   * @param args the service's id, its default settings as {@code key=value}, then the arguments for
   *     Spring, which begin with {@code --}
   */
  public static void main(String[] args) {
    Logs.toFile();
    SpringApplication application = new SpringApplication(Service.of(args[0]).application());
    application.setBannerMode(Banner.Mode.OFF);
    int first = 1;
    Map<String, Object> defaults = new HashMap<>();
    for (; first < args.length && !args[first].startsWith("--"); first++) {
      String[] setting = args[first].split("=", 2);
      defaults.put(setting[0], setting[1]);
    }
    application.setDefaultProperties(defaults);
    application.run(Arrays.copyOfRange(args, first, args.length));
  }
}
