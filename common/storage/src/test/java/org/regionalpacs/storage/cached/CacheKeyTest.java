package org.regionalpacs.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.regionalpacs.storage.cached.CacheKey.Kind;

class CacheKeyTest {
  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  @Test
  void givenAKey_thenItHasTheDocumentedShape() {
    CacheKey blob = CacheKey.archived("st-anna", "fastdfs", "group1/M00/00/00/wKg.dcm");
    UUID reception = UUID.randomUUID();

    assertThat(text(blob.range(5, 7).value()))
        .isEqualTo("pacs:st-anna:bytes:fastdfs/group1/M00/00/00/wKg.dcm@5+7");
    assertThat(text(blob.parts()))
        .isEqualTo("pacs:st-anna:bytes.parts:fastdfs/group1/M00/00/00/wKg.dcm");
    assertThat(text(blob.range(5, 7).gone()))
        .isEqualTo("pacs:st-anna:bytes.gone:fastdfs/group1/M00/00/00/wKg.dcm");
    assertThat(text(CacheKey.layout("st-anna", reception).value()))
        .isEqualTo("pacs:st-anna:layout:" + reception);
    CacheKey picture = CacheKey.rendered("st-anna", reception, "0af9");
    assertThat(text(picture.value())).isEqualTo("pacs:st-anna:rendered:" + reception + "@0af9");
    assertThat(picture.owner()).isEqualTo(CacheKey.rendered("st-anna", reception));
  }

  @Test
  void givenOddCharacters_thenNoTwoKeysAreTheSame() {
    List<String> odd =
        List.of(
            "a", "a:b", "a%3Ab", "a%3ab", "b", "b:c", "ä", "a@1+2", "", "a\r\n", "a b", "*", "A");
    Set<String> keys = new HashSet<>();
    for (String tenant : odd) {
      for (String id : odd) {
        for (Kind kind : Kind.values()) {
          CacheKey key = CacheKey.blob(tenant, kind, "s", id);
          keys.add(text(key.value()));
          keys.add(text(key.parts()));
          keys.add(text(key.gone()));
          keys.add(text(key.range(1, 2).value()));
        }
      }
    }
    assertThat(keys).hasSize(odd.size() * odd.size() * Kind.values().length * 4);
    assertThat(keys).allMatch(key -> key.matches("pacs:[^:@]*:[a-z.]+:[^:@\\s*]*(@1\\+2)?"));
  }
}
