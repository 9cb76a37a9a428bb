package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regionalpacs.codec.Agreement;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.transcode.TranscodedSamples.Pair;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.Recoder;
import org.regionalpacs.dicom.io.WriteOptions;
import org.regionalpacs.test.ExternalTool;

/** What other programs make of transcoded test objects. */
abstract class TranscodedSamplesContract {
  private static final int BATCH = 50;

  abstract TranscodedSamples samples();

  abstract Path folder();

  /** Of so many pairs one is shown to GDCM, which takes one file at a time. */
  abstract int every();

  @Test
  void everyFrameComesBackBitByBit() throws IOException {
    List<String> differences = new ArrayList<>();
    for (Pair pair : samples().pairs()) {
      if (Justified.unseen(pair.name())) {
        continue;
      }
      int frames = Agreement.frames(pair.transcoded());
      Set<Integer> all = IntStream.rangeClosed(1, frames).boxed().collect(Collectors.toSet());
      differences.addAll(TranscodedSamples.differences(pair, pair.transcoded(), all));
      if (frames != Agreement.frames(pair.original())) {
        differences.add(pair.name() + " has " + frames + " frames");
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void whatIsRefusedIsJustified() {
    assertThat(samples().refusals()).filteredOn(refusal -> !Justified.refusal(refusal)).isEmpty();
  }

  @Test
  void dcmtkAndGdcmDecodeTheSameSamples() throws IOException {
    assumeTrue(ForeignCodecs.availability().stream().allMatch(library -> library.usable()));
    List<String> differences = new ArrayList<>();
    for (Pair pair : samples().pairs()) {
      ExternalTool.Outcome outcome;
      Path decoded = folder().resolve("decoded.dcm");
      switch (pair.target()) {
        case "rle" -> outcome = ExternalTool.named("dcmdrle").run(pair.transcoded(), decoded);
        case "jls" -> outcome = ExternalTool.named("dcmdjpls").run(pair.transcoded(), decoded);
        case "sv1", "jpl" ->
            outcome = ExternalTool.named("dcmdjpeg").run("+cn", pair.transcoded(), decoded);
        case "j2k" ->
            outcome = ExternalTool.named("gdcmconv").run("--raw", pair.transcoded(), decoded);
        default -> {
          continue;
        }
      }
      if (outcome.code() != 0) {
        differences.add(pair.name() + ": " + outcome.output().strip());
        continue;
      }
      Set<Integer> ends = new TreeSet<>(Agreement.ends(decoded));
      differences.addAll(TranscodedSamples.differences(pair, decoded, ends));
    }
    assertThat(differences).filteredOn(line -> !Justified.oracle(line)).isEmpty();
  }

  @Test
  void dcmdumpReadsAllThatItReadBefore() {
    ExternalTool dcmdump = ExternalTool.named("dcmdump");
    List<Pair> pairs = samples().pairs();
    List<String> refused = new ArrayList<>();
    for (int from = 0; from < pairs.size(); from += BATCH) {
      List<Pair> batch = pairs.subList(from, Math.min(from + BATCH, pairs.size()));
      if (dcmdump.run(batch.stream().map(Pair::transcoded).toArray()).code() != 0) {
        batch.stream()
            .filter(pair -> dcmdump.run(pair.transcoded()).code() != 0)
            .filter(pair -> dcmdump.run(pair.original()).code() == 0)
            .forEach(pair -> refused.add(pair.name()));
      }
    }
    assertThat(refused).isEmpty();
  }

  @Test
  void gdcminfoReadsWhatItReadBefore() {
    ExternalTool gdcminfo = ExternalTool.named("gdcminfo");
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < samples().pairs().size(); i += every()) {
      Pair pair = samples().pairs().get(i);
      if (gdcminfo.run(pair.transcoded()).code() != 0
          && gdcminfo.run(pair.original()).code() == 0) {
        refused.add(pair.name());
      }
    }
    assertThat(refused).filteredOn(name -> !Justified.gdcminfo(name)).isEmpty();
  }

  @Test
  void headersAreTheSameForPydicom() throws Exception {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(
        Files.isExecutable(python)
            && new ProcessBuilder(python.toString(), "-c", "import pydicom").start().waitFor() == 0,
        "skipped: python3-pydicom is not installed");
    List<String> lines =
        samples().pairs().stream().map(p -> p.original() + "\t" + p.transcoded()).toList();
    Path list = Files.write(folder().resolve("pairs"), lines);
    Process process =
        new ProcessBuilder(python.toString(), "src/test/python/transcoded.py")
            .redirectInput(list.toFile())
            .redirectErrorStream(true)
            .start();
    List<String> said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();

    assertThat(process.waitFor()).as(said.toString()).isZero();
    assertThat(said.subList(0, said.size() - 1))
        .filteredOn(line -> !Justified.header(line))
        .isEmpty();
    assertThat(Integer.parseInt(said.getLast())).isGreaterThan(lines.size() * 9 / 10);
  }

  /**
   * Compared with the original as it is rewritten without touching samples: dciodvfy doesn't read
   * deflated ones, nor what is encoded otherwise than it says.
   */
  @Test
  void dciodvfyFindsNoErrorThatWasNotThereBefore() throws IOException {
    ExternalTool dciodvfy = ExternalTool.named("dciodvfy");
    List<String> errors = new ArrayList<>();
    Path original = Path.of("");
    Set<String> before = Set.of();
    for (Pair pair : samples().pairs()) {
      if (!pair.original().equals(original)) {
        original = pair.original();
        before = errors(dciodvfy, rewritten(original));
      }
      for (String error : errors(dciodvfy, pair.transcoded())) {
        if (!before.contains(error)) {
          errors.add(pair.name() + ": " + error);
        }
      }
    }
    assertThat(errors).filteredOn(line -> !Justified.error(line)).isEmpty();
  }

  private Path rewritten(Path original) throws IOException {
    Path rewritten = folder().resolve("rewritten.dcm");
    String syntax = Agreement.syntax(original);
    try (OutputStream out = Files.newOutputStream(rewritten)) {
      Recoder.rewrite(ByteSource.of(original), syntax, WriteOptions.DEFAULT, out);
    }
    return rewritten;
  }

  private static Set<String> errors(ExternalTool dciodvfy, Path file) {
    return dciodvfy
        .run("-new", file)
        .output()
        .lines()
        .filter(line -> line.startsWith("Error"))
        .collect(Collectors.toSet());
  }
}
