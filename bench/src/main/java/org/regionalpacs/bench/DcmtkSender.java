package org.regionalpacs.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.dicom.net.RemoteAe;

/** DCMTK's storescu with TCP_NODELAY=1, one process an association. */
final class DcmtkSender implements Sender {
  @Override
  public String name() {
    return "storescu";
  }

  @Override
  public void send(RemoteAe remote, List<List<CtFile>> shares)
      throws IOException, InterruptedException {
    List<Process> running = new ArrayList<>();
    try {
      for (List<CtFile> share : shares) {
        running.add(start(remote, share));
      }
      for (Process process : running) {
        int code = process.waitFor();
        if (code != 0) {
          throw new IOException("storescu ended with " + code);
        }
      }
    } finally {
      running.forEach(Process::destroy);
    }
  }

  private static Process start(RemoteAe remote, List<CtFile> share) throws IOException {
    List<String> line = new ArrayList<>(List.of("storescu", "-R", "-aet", "BENCH"));
    line.addAll(List.of("-aec", remote.aeTitle(), remote.host(), "" + remote.port()));
    share.forEach(file -> line.add(file.path().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TCP_NODELAY", "1");
    return builder.start();
  }
}
