package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.ContextAnswer.Result;

class StoragePolicyTest {
  private final StoragePolicy policy = new StoragePolicy(_ -> true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.840.10008.1.1", // Verification
        "1.2.840.10008.5.1.4.1.1.2", // CT
        "1.2.840.10008.5.1.4.1.1.88.67", // Radiation Dose SR
        "1.2.840.10008.5.1.4.34.7", // RT Beams Delivery Instruction
        "1.2.840.10008.5.1.4.38.1", // Hanging Protocol
        "1.2.840.10008.5.1.4.1.1.200.1", // CT Defined Procedure Protocol
        "1.2.840.10008.5.1.4.1.1.201.1", // Inventory
        "1.2.840.10008.5.1.1.27", // Stored Print
        "1.2.840.10008.5.1.4.1.1.99999", // not there yet
        "1.2.840.113619.4.26", // private
        "1.2.840.113619.04.26" // private, and wrongly spelt
      })
  void givenAStorageClassKnownOrNot_whenProposed_thenAccepted(String uid) {
    assertThat(answer(uid, UID.ImplicitVRLittleEndian).result()).isEqualTo(Result.ACCEPTANCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.840.10008.5.1.4.1.2.1.1",
        "1.2.840.10008.5.1.4.1.2.2.2",
        "1.2.840.10008.5.1.4.31",
        "1.2.840.10008.3.1.2.3.3",
        "1.2.840.10008.1.20.1",
        "1.2.840.10008.5.1.1.9",
        "1.2.840.10008.5.1.4.34.6.1",
        "1.2.840.10008.5.1.4.38.2",
        "1.2.840.10008.1.2.1",
        "",
        "../../etc",
        "1.2.840.10008.5.1.4.1.1.2.11111111111111111111111111111111111111111"
      })
  void givenAnotherService_whenProposed_thenAbstractSyntaxNotSupported(String uid) {
    assertThat(answer(uid, UID.ImplicitVRLittleEndian).result())
        .isEqualTo(Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
  }

  @Test
  void givenSeveralTransferSyntaxes_whenProposed_thenTheFirstIsTaken() {
    ContextAnswer answer = answer(UID.CTImageStorage, "not a uid", "1.2.3.4.5", UID.JPEGLossless);
    assertThat(answer.result()).isEqualTo(Result.ACCEPTANCE);
    assertThat(answer.transferSyntax()).isEqualTo("1.2.3.4.5");
  }

  @Test
  void givenNoTransferSyntax_whenProposed_thenTransferSyntaxesNotSupported() {
    assertThat(answer(UID.CTImageStorage).result())
        .isEqualTo(Result.TRANSFER_SYNTAXES_NOT_SUPPORTED);
  }

  private ContextAnswer answer(String abstractSyntax, String... transferSyntaxes) {
    return policy.answer(new PresentationContext(1, abstractSyntax, List.of(transferSyntaxes)));
  }
}
