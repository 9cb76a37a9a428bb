package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An nginx that gives another archive the product's viewer, as is usual: page and configuration as
 * the product sends them, the same files in the same coding, to be kept as long, and the archive's
 * DICOMweb below the same path, its JSON compressed.
 */
final class ViewerSite implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final ChildProcess nginx;
  private final int port;

  private ViewerSite(ChildProcess nginx, int port) {
    this.nginx = nginx;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param product port of the product, which is asked for page and configuration
   * @param archive port of the archive
   * @param folder gets the files
   */
  static ViewerSite start(int product, int archive, Path folder) throws IOException {
    ViewerFiles files = ViewerFiles.copy(folder);
    try (Web web = Web.to(product)) {
      for (String name : List.of("viewer", "app-config.js")) {
        byte[] body = web.body(HttpCall.of("/viewer/" + name, "*/*"));
        Files.write(folder.resolve(name), body);
      }
    }
    if (!Files.readString(folder.resolve("app-config.js")).contains(files.key())) {
      throw new IOException("the product has the viewer of another build: ./pacs build");
    }
    int port = LoopbackPorts.free();
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, configuration(files, folder, port, archive));
    ChildProcess nginx = Nginx.run(folder, configuration);
    try {
      nginx.await(() -> Nginx.listens(port), START);
      return new ViewerSite(nginx, port);
    } catch (IOException e) {
      nginx.close();
      throw e;
    }
  }

  private static String configuration(ViewerFiles files, Path folder, int port, int archive) {
    return """
    %s
      types { %s }
      gzip on;
      gzip_types application/dicom+json;
      gzip_proxied any;
      upstream archive { server 127.0.0.1:%d; keepalive 32; }
      server {
        listen 127.0.0.1:%d;
        location /viewer/files/%s/ {
          alias %s/br/;
          add_header Content-Encoding br;
          add_header Cache-Control "public, max-age=31536000, immutable";
          error_page 404 = @plain;
        }
        location @plain {
          rewrite ^/viewer/files/[^/]+/(.*)$ /$1 break;
          root %s/plain;
          add_header Cache-Control "public, max-age=31536000, immutable";
        }
        location = /viewer/app-config.js {
          root %s;
          add_header Cache-Control no-cache;
          rewrite ^ /app-config.js break;
        }
        # The page's picture of the first image: the product makes it, the archive doesn't.
        location ~ ^/dicom-web/.*/preview$ { return 204; }
        # Nor has it thumbnails: the viewer takes frames then, as it does when it isn't ours.
        location ~ ^/dicom-web/.*/thumbnail$ { return 404; }
        location /viewer/ {
          root %s;
          default_type text/html;
          add_header Cache-Control no-cache;
          rewrite ^ /viewer break;
        }
        location %s/ {
          proxy_pass http://archive;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header Host $http_host;
          proxy_buffers 64 16k;
          proxy_max_temp_file_size 0;
        }
      }
    }
    """
        .formatted(
            Nginx.beginning(folder),
            files.types().entrySet().stream()
                .map(type -> "\"%s\" %s;".formatted(type.getValue(), type.getKey()))
                .collect(Collectors.joining(" ")),
            archive,
            port,
            files.key(),
            folder,
            folder,
            folder,
            folder,
            Archive.ROOT);
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    nginx.close();
  }
}
